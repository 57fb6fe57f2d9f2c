// The library, in any JavaScript environment: its version. A test holds it against package.json, which a
// library without a build step can't read.
export const VERSION = '0.1.0'
