// Page. What every other variant is compared with: the operation alone, awaited.
import { expose } from '../expose.ts'

expose(operation => operation())
