// Test (Node): runs a command, with `@` at the start of an argument standing for a folder.
import { runCommand } from '../../../cli/run-command.ts'

export async function run(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const add = {
    out: (more: string) => {
      out += more
    },
    err: (more: string) => {
      err += more
    },
  }
  const code = await runCommand(
    args.map(arg => arg.replace(/^@/, `${folder}/`)),
    add,
  )
  return { code, out, err }
}
