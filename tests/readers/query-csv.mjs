// Node: what DuckDB reads of a CSV file, as JSON. It is a program of its own because DuckDB is installed in this folder only.
import { DuckDBInstance } from '@duckdb/node-api'

const [file] = process.argv.slice(2)
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const query = `SELECT * FROM read_csv('${file}', strict_mode = true, header = true, all_varchar = true)`
const reader = await connection.runAndReadAll(query)
process.stdout.write(JSON.stringify(reader.getRowObjects()))
