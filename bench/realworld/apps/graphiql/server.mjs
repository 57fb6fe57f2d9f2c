// GraphiQL over GraphQL Yoga: queries, mutations, and a subscription by server-sent events.
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { createSchema, createYoga } from 'graphql-yoga'
import { announce } from './announce.mjs'

const messages = [{ id: '1', text: 'hello', author: 'alice' }]

const schema = createSchema({
  typeDefs: /* GraphQL */ `
    type Message { id: ID! text: String! author: String! }
    type Query { messages: [Message!]! slow(ms: Int!): Int! broken: Int }
    type Mutation { send(text: String!, author: String!): Message! }
    type Subscription { countdown(from: Int!): Int! }
  `,
  resolvers: {
    Query: {
      messages: () => messages,
      slow: (_, { ms }) => wait(ms, ms),
      broken: () => {
        throw new Error('broken on purpose')
      },
    },
    Mutation: {
      send: (_, message) => {
        const sent = { id: String(messages.length + 1), ...message }
        messages.push(sent)
        return sent
      },
    },
    Subscription: {
      countdown: {
        async *subscribe(_, { from }) {
          for (let n = from; n >= 0; n--) {
            yield { countdown: n }
            await wait(100)
          }
        },
      },
    },
  },
})

announce(createServer(createYoga({ schema, renderGraphiQL, graphqlEndpoint: '/', logging: false })))
