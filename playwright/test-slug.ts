// Node (the test's process): a test's name as that of a file.
import type { TestInfo } from 'playwright/test'

/** Characters of a slug: file systems take 255 in all. */
const MAX_LENGTH = 150

/** The same for each run of a test; of the project, where it has a name, the file and the titles. */
export function testSlug({ titlePath, project }: Pick<TestInfo, 'titlePath' | 'project'>): string {
  const words = [project.name, ...titlePath].join(' ').toLowerCase()
  const slug = words.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')
  return slug.slice(0, MAX_LENGTH) || 'test'
}
