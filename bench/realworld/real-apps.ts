// Node. The applications: each has a folder in `apps/` with its packages and its server, and a user.
import type { Page } from 'playwright'
import { useGraphiql } from './drives/graphiql.ts'
import { useNodeRed } from './drives/node-red.ts'
import { useReactQuery } from './drives/react-query.ts'
import { useSocketIo } from './drives/socket-io.ts'
import { useSwaggerUi } from './drives/swagger-ui.ts'
import { useVerdaccio } from './drives/verdaccio.ts'

/** By the name of the folder in `apps/`. */
export const REAL_APPS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'node-red': useNodeRed,
  verdaccio: useVerdaccio,
  'swagger-ui': useSwaggerUi,
  graphiql: useGraphiql,
  'socket-io': useSocketIo,
  'react-query': useReactQuery,
}
