// Test (Node): the source of a NestJS application, which is compiled and run in a project of its own.

/** What a route's method is decorated with, from top to bottom. Routes are at `/PATH`. */
const ROUTES: readonly (readonly string[])[] = [
  ['Get(PATH)'],
  ['Get(PATH)', `SetMetadata('roles', ['admin'])`],
  [`SetMetadata('roles', ['admin'])`, 'Get(PATH)'],
  [`SetMetadata('roles', ['guest'])`, 'Get(PATH)'],
  [`Roles(['admin'])`, 'Get(PATH)'],
  ['Get(PATH)', 'UseGuards(Deny)'],
  ['Get(PATH)', 'HttpCode(202)', `Header('x-own', '1')`],
  ['Get(PATH)', 'UseInterceptors(Shout)'],
  ['Get(PATH)', `Redirect('/elsewhere', 307)`],
  [`applyDecorators(Get(PATH), SetMetadata('roles', ['admin']))`],
  ['Get(PATH)', 'OwnProperty'],
  ['Get(PATH)', 'AdminsOnly'],
]

/** Ways to add ours to one route's decorators: at each place, and within `applyDecorators`, which takes no results. */
function withOurs(route: readonly string[], name: string): string[][] {
  const ours = `monitored('${name}')`
  const places = Array.from({ length: route.length + 1 }, (_, place) => route.toSpliced(place, 0, ours))
  const composed = [route.toReversed(), route].map(order => [`applyDecorators(${[...order, ours].join(', ')})`])
  return [...places, ...composed, [`applyDecorators(${[ours, ...route.toReversed()].join(', ')})`]]
}

interface Variant {
  path: string
  decorators: readonly string[]
}

/** Each route as NestJS has it alone, and the same with ours added in each way. */
export const NEST_ROUTES = ROUTES.map((route, index) => ({
  plain: { path: `plain-${index}`, decorators: route },
  ours: withOurs(route, `ours-${index}`).map(
    (decorators, way): Variant => ({ path: `ours-${index}-${way}`, decorators }),
  ),
}))

const variants: Variant[] = NEST_ROUTES.flatMap(({ plain, ours }) => [plain, ...ours])

const methods = variants.map(({ path, decorators }, index) => {
  const lines = decorators.map(decorator => `  @${decorator.replaceAll('PATH', `'${path}'`)}`)
  return `${lines.join('\n')}\n  async method${index}(@Query('q') q: string) { return { q } }`
})

/**
 * Asks each route once, and prints by path what was answered and whether the method's own property is there; and how
 * many operations there are of each name.
 */
export const NEST_APP = `
import 'reflect-metadata'
import {
  applyDecorators, type CallHandler, type CanActivate, Controller, type ExecutionContext, Get, Header, HttpCode,
  Injectable, Module, type NestInterceptor, Query, Redirect, SetMetadata, UseGuards, UseInterceptors,
} from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'
import { map } from 'rxjs'
import { monitored, PerformanceMonitor } from 'perf-devtools'

const Roles = Reflector.createDecorator<string[]>()
const reflector = new Reflector()
const marks = new Map<string, boolean>()

/** Lets in who needs no role, or that of a guest. */
@Injectable()
class RolesGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const handler = context.getHandler()
    marks.set(context.switchToHttp().getRequest().path.slice(1), Object.hasOwn(handler, 'mark'))
    const roles = reflector.get<string[]>('roles', handler) ?? reflector.get(Roles, handler) ?? ['guest']
    return roles.includes('guest')
  }
}
@Injectable()
class Deny implements CanActivate {
  canActivate(): boolean { return false }
}
@Injectable()
class Shout implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler) { return next.handle().pipe(map(value => ({ ...value, shout: true }))) }
}
/** Looks for the method on the class. */
const AdminsOnly: MethodDecorator = (target, key) => {
  Reflect.defineMetadata('roles', ['admin'], (target as Record<PropertyKey, object>)[key]!)
}
const OwnProperty: MethodDecorator = (_, __, { value }) => { Object.assign(value as object, { mark: true }) }

@Controller()
@UseGuards(RolesGuard)
class AppController {
${methods.join('\n')}
}

@Module({ controllers: [AppController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'] })
await app.listen(0, '127.0.0.1')
const answers: Record<string, unknown> = {}
for (const path of ${JSON.stringify(variants.map(({ path }) => path))}) {
  const response = await fetch(\`\${await app.getUrl()}/\${path}?q=5\`, { redirect: 'manual' })
  const { statusCode, message, ...body } = await response.json().catch(() => ({}))
  const headers = ['x-own', 'location'].map(name => response.headers.get(name))
  answers[path] = { status: response.status, headers, body, marked: marks.get(path) }
}
await app.close()
const { byName } = PerformanceMonitor.getInstance().getMetrics()
console.log(JSON.stringify({ answers, tracked: Object.entries(byName).map(([name, { totalOperations }]) => [name, totalOperations]) }))
`
