// Test (Node): the panel in Firefox, used as a user does. Marionette reaches its document only by scripts.
import { gunzipSync } from 'node:zlib'
import { expect } from 'playwright/test'
import type { FirefoxSession } from '../../scripts/firefox-session.ts'
import type { SessionFile } from '../../session/format.ts'

/** Found by their accessible name, as far as it is known from a label, the text or the title. */
const HELPERS = `
  const all = selector => [...document.querySelectorAll(selector)]
  const nameOf = element => element.getAttribute('aria-label') ?? (element.textContent.trim() || element.title)
  const find = (selector, name) => {
    const found = all(selector).find(element => nameOf(element) === name)
    if (!found) throw new Error('The panel has no ' + selector + ' named ' + name)
    return found
  }
  const cellsOf = row => [...row.querySelectorAll('[role=gridcell], [role=rowheader]')].map(cell => cell.textContent)`

export class Panel {
  readonly #firefox: FirefoxSession

  constructor(firefox: FirefoxSession) {
    this.#firefox = firefox
  }

  run(script: string): Promise<unknown> {
    return this.#firefox.inPanel(`${HELPERS}; ${script}`)
  }

  /** Waits for the panel's document, which is a new one after DevTools has moved. */
  async ready(): Promise<void> {
    const script = `return all('button').some(button => nameOf(button) === 'Record')`
    await expect.poll(() => this.run(script).catch(() => false), 'the panel').toBe(true)
  }

  /** The live session, empty and recorded, grouped on the Operations tab, without a filter. */
  async reset(): Promise<void> {
    await this.ready()
    await this.run(`
      document.querySelector('dialog[open]')?.close()
      all('button').find(button => nameOf(button) === 'Show live session')?.click()
      all('.infobar button').filter(button => nameOf(button) === 'Dismiss').forEach(button => button.click())`)
    await this.fill('Filter', '')
    await this.tab('Operations')
    await this.check('Group by name', true)
    await expect.poll(() => this.run(`return find('button', 'Record').disabled`)).toBe(false)
    await this.check('Keep log', true)
    await this.run(`const record = find('button', 'Record'); if (record.ariaPressed === 'false') record.click()`)
    await expect.poll(() => this.run(`return find('button', 'Record').ariaPressed`)).toBe('true')
    await this.clearSession()
    await expect.poll(() => this.rows()).toEqual([])
  }

  /** Clears the session, and waits until that is done: the button says no more than that it begins. */
  async clearSession(): Promise<void> {
    await this.run(
      `await browser.runtime.sendMessage({ type: 'clear', tabId: browser.devtools.inspectedWindow.tabId })`,
    )
  }

  async text(selector = 'body'): Promise<string> {
    return String(await this.run(`return document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`))
  }

  /** A button, by its name, once it is there and enabled. */
  async click(name: string): Promise<void> {
    const script = `
      const button = all('button').find(button => nameOf(button) === ${JSON.stringify(name)} && !button.disabled)
      button?.click()
      return button !== undefined`
    await expect.poll(() => this.run(script), `the button ${name}`).toBe(true)
  }

  async tab(name: string): Promise<void> {
    await this.run(`find('[role=tab]', ${JSON.stringify(name)}).click()`)
  }

  async check(label: string, on: boolean): Promise<void> {
    await this.run(`
      const box = find('label', ${JSON.stringify(label)}).querySelector('input')
      if (box.checked !== ${on}) box.click()`)
  }

  /** A text field, by its label. */
  async fill(label: string, value: string): Promise<void> {
    await this.run(`
      const field = find('input', ${JSON.stringify(label)})
      field.value = ${JSON.stringify(value)}
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))`)
  }

  /** Puts the focus on an element, as by Tab. */
  async focus(element: string): Promise<void> {
    await this.#firefox.focusPanel()
    await this.run(`${element}.focus()`)
  }

  /** The texts of the table's cells, row by row. */
  async rows(): Promise<string[][]> {
    const rows = (await this.run(
      `return all('[role=row]').map(cellsOf).filter(cells => cells.length > 0)`,
    )) as string[][]
    // Behind a group's name is a button.
    return rows.map(([name = '', ...cells]) => [name.replace('Show all', ''), ...cells])
  }

  /** Name, count and share of failures of each group, by name. */
  async groups(): Promise<string[][]> {
    return (await this.rows()).map(cells => cells.slice(0, 3)).sort()
  }

  async select(name: string): Promise<void> {
    await this.run(`
      const row = all('[role=row]').find(row => cellsOf(row)[0]?.startsWith(${JSON.stringify(name)}))
      row.querySelector('[role=gridcell], [role=rowheader]').click()`)
  }

  async exported(button = 'Export'): Promise<SessionFile> {
    const bytes = await this.#firefox.download(() => this.click(button))
    return JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()) as SessionFile
  }

  /** Waits until the exported session fulfils a condition: what was recorded takes a batch's time to arrive. */
  async exportWhen(condition: (session: SessionFile) => boolean): Promise<SessionFile> {
    let session: SessionFile | undefined
    await expect
      .poll(async () => {
        session = await this.exported()
        return condition(session)
      })
      .toBe(true)
    return session as SessionFile
  }

  /** As if the file had been chosen in the dialog that Import opens, or in another that has this field. */
  async importFile(name: string, content: Buffer, field = 'Session files'): Promise<void> {
    await this.run(`
      const bytes = Uint8Array.from(atob(${JSON.stringify(content.toString('base64'))}), char => char.charCodeAt(0))
      const chosen = new DataTransfer()
      chosen.items.add(new File([bytes], ${JSON.stringify(name)}))
      const input = find('input', ${JSON.stringify(field)})
      input.files = chosen.files
      input.dispatchEvent(new Event('change', { bubbles: true }))`)
  }
}
