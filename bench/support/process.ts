/** What a process and its children hold in memory. Linux tells by /proc, other systems by `ps`. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const MIB = 1024
/** USER_HZ of Linux, the same on all that Node runs on. */
const TICK_MS = 10

interface Entry {
  pid: number
  parent: number
  rssKib: number
}

/** Resident memory of one process, in MiB. */
export const residentMib = (pid: number): number => (all().find((one) => one.pid === pid)?.rssKib ?? Number.NaN) / MIB

/**
 * Memory of a process and everything below it, in MiB. Where the system tells, pages that several share count once
 * (PSS); elsewhere they count for each, which is too much.
 */
export function treeMib(root: number): number {
  let kib = 0
  for (const one of treeOf(root)) kib += proportional(one.pid) ?? one.rssKib
  return kib / MIB
}

/** Processor time of a process and everything below it, those that have ended too, in ms. NaN where there is no /proc. */
export function treeCpuMs(root: number): number {
  let ticks = 0
  for (const { pid } of treeOf(root)) {
    try {
      // After the name, which may hold anything: user, system, and the same of ended children (man 5 proc_pid_stat, 14 to 17).
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
      for (const at of [11, 12, 13, 14]) ticks += Number(fields[at])
    } catch {
      if (pid === root) return Number.NaN
    }
  }
  return ticks * TICK_MS
}

function treeOf(root: number): Entry[] {
  const entries = all()
  const tree = new Set([root])
  for (let grew = true; grew; ) {
    const before = tree.size
    for (const one of entries) if (tree.has(one.parent)) tree.add(one.pid)
    grew = tree.size > before
  }
  return entries.filter((one) => tree.has(one.pid))
}

function proportional(pid: number): number | undefined {
  try {
    const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
    return found ? Number(found[1]) : undefined
  } catch {
    return undefined
  }
}

function all(): Entry[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0, rssKib = 0] = line.trim().split(/\s+/).map(Number)
      return { pid, parent, rssKib }
    })
}
