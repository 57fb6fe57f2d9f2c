// Panel: a line for the page's console, as the text of a program that the page runs. Touches no DOM.

/**
 * The line may come from the page itself, and be anything: as JSON it is a string and nothing else (ECMA-262: JSON is
 * a subset of the language), and behind `%s` it is no format.
 */
export function warnExpression(line: string): string {
  return `console.warn('%s', ${JSON.stringify(line)})`
}
