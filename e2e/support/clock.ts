/**
 * Loaded into the server before anything else: its clock runs ahead by what the file says, in ms. Ten minutes of waiting
 * for a flow to end, or 51 days for a token, take no time this way; nothing of the server knows of it.
 */
import { readFileSync } from 'node:fs'

const file = process.env.E2E_CLOCK_FILE
const now = Date.now.bind(Date)
let ahead = 0
let readAt = 0

function offset(): number {
  if (file !== undefined && now() - readAt > 50) {
    readAt = now()
    try {
      ahead = Number(readFileSync(file, 'utf8')) || 0
    } catch {
      ahead = 0
    }
  }
  return ahead
}

Date.now = () => now() + offset()
