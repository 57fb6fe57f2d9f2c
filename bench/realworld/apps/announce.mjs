// Node, in a process of an application's own. Copied beside each application's server.

/**
 * Listens on a free loopback port, sends its URL to the parent process, and ends with it.
 * @param prepare is awaited before the URL is sent.
 */
export async function announce(server, prepare = () => undefined) {
  process.once('disconnect', () => process.exit())
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}/`
  await prepare(url)
  process.send({ url })
}
