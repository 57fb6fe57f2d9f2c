// World: the demo page. A class of the app whose methods are operations by decorator: a name given,
// and the method's own. Without a monitor the decorator changes nothing.

import { type Monitored, perfWindow } from './perf-window.ts'

const unmonitored: Monitored = () => method => method
const monitored = perfWindow.monitored ?? unmonitored

export class UserDirectory {
  @monitored('fetchUser')
  async fetchUser(id: number): Promise<string> {
    const response = await fetch(`/api/users/${id}?ms=30`)
    const user: { name: string } = await response.json()
    return user.name
  }

  @monitored()
  async listUsers(): Promise<number> {
    const response = await fetch('/api/users?ms=20')
    const users: unknown[] = await response.json()
    return users.length
  }
}
