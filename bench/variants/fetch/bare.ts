// Page. What every other variant is compared with: nobody wraps `fetch`.
export {}
