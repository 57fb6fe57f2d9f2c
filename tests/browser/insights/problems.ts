// Test (in the page): apps that each do one thing wrong.

/** A list, then one request for each of its items. */
export async function onePerItem(): Promise<void> {
  const load = async (path: string): Promise<unknown> => (await fetch(path)).json()
  await load('/api/orders?ms=30')
  await Promise.all(Array.from({ length: 14 }, (_, i) => load(`/api/orders/${4711 + i}?ms=90`)))
}

/** Three parts of a page that each ask for the same. */
export async function sameTwice(): Promise<void> {
  const part = async (): Promise<unknown> => (await fetch('/api/account?ms=200')).json()
  await Promise.all([part(), part(), part()])
}

/** Four requests that wait for each other for no reason. */
export async function oneAfterTheOther(): Promise<void> {
  const show = async (): Promise<void> => {
    await (await fetch('/api/profile?ms=150')).json()
    await (await fetch('/api/teams?ms=150')).json()
    await (await fetch('/api/invoices?ms=150')).json()
    await (await fetch('/api/messages?ms=150')).json()
  }
  await show()
}

/** A client that tries again without waiting longer each time. */
export async function retries(): Promise<void> {
  for (let attempt = 0; attempt < 7; attempt++) {
    const { ok } = await fetch('/fail/cart')
    if (ok) return
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}

/** A route that now and then takes very long. */
export async function slowNowAndThen(): Promise<void> {
  for (let i = 0; i < 40; i++) await (await fetch(`/api/search?q=${i}&ms=${i % 10 === 7 ? 1000 : 4}`)).json()
}

/** Large answers, of which a page shows little. */
export async function hugeAnswers(): Promise<void> {
  for (const page of ['a', 'b']) await (await fetch(`/huge/products?page=${page}`)).json()
}

/** Requests of a view that is left before they are answered. */
export async function leavesRequestsBehind(): Promise<void> {
  // One of the six connections is for the next page.
  for (let i = 0; i < 5; i++) void fetch(`/api/widgets?part=${i}&ms=20000`).catch(() => undefined)
  await new Promise(resolve => setTimeout(resolve, 50))
  location.href = '/next'
}
