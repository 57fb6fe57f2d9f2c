// Panel: the toolbar's icons, 16 × 16.

const PATHS = {
  /** While recording: a filled square in DevTools' record button. */
  stop: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.25a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5ZM5.5 5.5h5v5h-5z',
  record:
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm0 1.25a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5ZM8 4.75a3.25 3.25 0 1 1 0 6.5 3.25 3.25 0 0 1 0-6.5Z',
  clear:
    'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM4.28 5.16a5.25 5.25 0 0 0 6.56 7.28ZM8 2.75c-1.05 0-2.03.31-2.84.84l7.25 7.25A5.25 5.25 0 0 0 8 2.75Z',
  export:
    'M7.4 1.75h1.2v6.9l2.45-2.45.85.85L8 10.95 4.1 7.05l.85-.85L7.4 8.65ZM2.25 10.5h1.25v2.5h9v-2.5h1.25v3.75H2.25Z',
  /** A menu opens below. */
  open: 'm4.6 6 3.4 3.4L11.4 6l.9.9L8 11.2 3.7 6.9Z',
  remove:
    'M6.25 2h3.5v1.25H13V4.5h-.75v8.25c0 .7-.55 1.25-1.25 1.25H5c-.7 0-1.25-.55-1.25-1.25V4.5H3V3.25h3.25ZM5 4.5v8.25h6V4.5Zm1.4 1.5h1.2v5.25H6.4Zm2 0h1.2v5.25H8.4Z',
  filter: 'M2 3h12v1.2L9.6 9v4.4L6.4 15V9L2 4.2Zm1.8 1.25 3.85 4.3v4.4l.7-.35V8.55l3.85-4.3Z',
  settings:
    'M6.9 2.5h2.2l.35 1.75c.4.14.77.35 1.1.61l1.68-.58 1.1 1.9-1.33 1.18a4.6 4.6 0 0 1 0 1.28l1.33 1.18-1.1 1.9-1.68-.58c-.33.26-.7.47-1.1.61L9.1 13.5H6.9l-.35-1.75a4.4 4.4 0 0 1-1.1-.61l-1.68.58-1.1-1.9L4 8.64a4.6 4.6 0 0 1 0-1.28L2.67 6.18l1.1-1.9 1.68.58c.33-.26.7-.47 1.1-.61ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  close: 'm3.9 3 4.1 4.1L12.1 3l.9.9L8.9 8l4.1 4.1-.9.9L8 8.9 3.9 13l-.9-.9L7.1 8 3 3.9Z',
  follow: 'M7.4 2h1.2v7.2l2.7-2.7.85.85L8 11.5 3.85 7.35l.85-.85 2.7 2.7ZM3 12.75h10V14H3Z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path fill="currentColor" fill-rule="evenodd" d={PATHS[name]} />
    </svg>
  )
}
