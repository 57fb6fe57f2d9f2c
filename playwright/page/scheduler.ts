// Page's own world (MAIN): stands for the global `scheduler` in the bundle of this folder. WebKit has none, so there a timer
// is used, whose number the page can notice: https://developer.mozilla.org/docs/Web/API/Scheduler

type Scheduler = Pick<globalThis.Scheduler, 'postTask'>

const native = (globalThis as { scheduler?: Scheduler }).scheduler
const { setTimeout } = globalThis

const postTask = (task: () => unknown, options?: { delay?: number }): Promise<undefined> => {
  setTimeout(task, options?.delay)
  return Promise.resolve(undefined)
}

export const scheduler = (native ?? { postTask }) as Scheduler
