// World: Node. The demo's data.

export interface User {
  readonly id: number
  readonly name: string
}

const names = ['Ada', 'Alan', 'Barbara', 'Donald', 'Edsger', 'Frances', 'Grace', 'Ken', 'Margaret']

export const users: readonly User[] = names.map((name, index) => ({ id: index + 1, name }))

/** Every id has a user, so that the demo may ask for any. */
export function findUser(id: number): User {
  return users.find(user => user.id === id) ?? { id, name: `User ${id}` }
}
