// What a page of a React app does over the network: lists, details, search as you type, changes, polling, uploads, events.
import {
  QueryClient,
  QueryClientProvider,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import axios from 'axios'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'

/** Another origin, as APIs often are: requests of some kinds are preceded by a preflight. */
const api = axios.create({ baseURL: `${location.origin.replace('127.0.0.1', 'localhost')}/api` })

const get = async (path, signal) => {
  const response = await fetch(path, { signal })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response.json()
}

function Todos({ onOpen }) {
  const { data, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['todos'],
    queryFn: ({ pageParam, signal }) => get(`/api/todos?page=${pageParam}`, signal),
    initialPageParam: 0,
    getNextPageParam: page => page.next,
  })
  const items = data?.pages.flatMap(page => page.items) ?? []
  return (
    <section aria-label="Todos" aria-busy={isFetching}>
      <p>{items.length} todos</p>
      <ul>
        {items.slice(0, 5).map(({ id, title }) => (
          <li key={id}>
            <button type="button" onClick={() => onOpen(id)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" disabled={!hasNextPage || isFetching} onClick={() => fetchNextPage()}>
        More
      </button>
    </section>
  )
}

function Todo({ id }) {
  const client = useQueryClient()
  const { data, error } = useQuery({
    queryKey: ['todo', id],
    queryFn: ({ signal }) => get(`/api/todos/${id}`, signal),
    retry: false,
  })
  const toggle = useMutation({
    mutationFn: done => api.patch(`/todos/${id}`, { done }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['todo', id] }),
  })
  return (
    <section aria-label="Todo">
      <p>{error ? error.message : data ? `${data.title}: ${data.done ? 'done' : 'open'}` : 'loading'}</p>
      <button type="button" disabled={!data} onClick={() => toggle.mutate(!data.done)}>
        Toggle
      </button>
    </section>
  )
}

function Search() {
  const [text, setText] = useState('')
  // An older search is cancelled by the next one.
  const { data } = useQuery({
    queryKey: ['search', text],
    queryFn: ({ signal }) => get(`/api/search?q=${encodeURIComponent(text)}`, signal),
    enabled: text !== '',
  })
  return (
    <section aria-label="Search">
      <input aria-label="Search todos" value={text} onChange={event => setText(event.target.value)} />
      <p>{data ? `${data.length} found for ${text}` : 'nothing yet'}</p>
    </section>
  )
}

function Unreliable() {
  const { data, refetch, failureCount } = useQuery({
    queryKey: ['unreliable'],
    queryFn: () => api.get('/unreliable').then(response => response.data),
    enabled: false,
    retry: 2,
    retryDelay: 100,
  })
  return (
    <section aria-label="Unreliable">
      <button type="button" onClick={() => refetch()}>
        Try
      </button>
      <p>{data?.fine ? 'fine' : `failed ${failureCount} times`}</p>
    </section>
  )
}

function Polling() {
  const [on, setOn] = useState(false)
  const { dataUpdatedAt } = useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => get('/api/status', signal),
    enabled: on,
    refetchInterval: 200,
  })
  return (
    <section aria-label="Polling">
      <button type="button" aria-pressed={on} onClick={() => setOn(!on)}>
        Poll
      </button>
      <p>{dataUpdatedAt}</p>
    </section>
  )
}

function Upload() {
  const [progress, setProgress] = useState(0)
  const upload = useMutation({
    mutationFn: () =>
      api.post('/upload', new Blob([new Uint8Array(3_000_000)]), {
        onUploadProgress: ({ loaded }) => setProgress(loaded),
      }),
  })
  return (
    <section aria-label="Upload">
      <button type="button" onClick={() => upload.mutate()}>
        Upload
      </button>
      <p>{upload.data ? `${upload.data.data.size} bytes arrived` : `${progress} bytes sent`}</p>
    </section>
  )
}

function Events() {
  const [ticks, setTicks] = useState(0)
  useEffect(() => {
    const events = new EventSource('/api/events')
    events.addEventListener('tick', () => setTicks(count => count + 1))
    return () => events.close()
  }, [])
  return <p>{ticks} ticks</p>
}

function App() {
  const [todo, setTodo] = useState()
  const [showsEvents, setShowsEvents] = useState(false)
  useEffect(() => {
    navigator.sendBeacon('/api/visit', JSON.stringify({ todo: todo ?? null }))
  }, [todo])
  return (
    <main>
      <Todos onOpen={setTodo} />
      {todo !== undefined && <Todo id={todo} />}
      <button type="button" onClick={() => setTodo(999)}>
        Open a missing todo
      </button>
      <Search />
      <Unreliable />
      <Polling />
      <Upload />
      <section aria-label="Events">
        <button type="button" aria-pressed={showsEvents} onClick={() => setShowsEvents(!showsEvents)}>
          Listen
        </button>
        {showsEvents && <Events />}
      </section>
    </main>
  )
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
