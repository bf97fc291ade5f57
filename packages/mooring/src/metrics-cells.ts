/** Numbers that the hot paths add to without a word to anybody: found by look-up, made once, read at the scrape. */

export interface Cell {
  count: number
}

/** The cells of one counter, each with its labels. */
export function tally(labelNames: readonly string[]) {
  const cells: { labels: Record<string, string>; cell: Cell }[] = []
  return {
    labelNames: [...labelNames],
    /** A cell for these values. Two for the same values add up. */
    cell(...values: string[]): Cell {
      const cell = { count: 0 }
      cells.push({ labels: Object.fromEntries(labelNames.map((name, at) => [name, values[at] ?? ''])), cell })
      return cell
    },
    /** Tells a counter what stands in the cells. */
    collect(this: { reset(): void; inc(labels: Record<string, string>, value: number): void }): void {
      this.reset()
      for (const { labels, cell } of cells) this.inc(labels, cell.count)
    },
  }
}

/** Finds what was made for two words, or makes it. */
export function grid<T>(make: (one: string, other: string) => T): (one: string, other: string) => T {
  const rows = new Map<string, Map<string, T>>()
  return (one, other) => {
    const found = rows.get(one)?.get(other)
    if (found !== undefined) return found
    const made = make(one, other)
    const row = rows.get(one)
    if (row) row.set(other, made)
    else rows.set(one, new Map([[other, made]]))
    return made
  }
}

/** One histogram's numbers for one pair of labels: some 30 ns a value, where the library takes 400 to look its labels up. */
export interface Timing {
  observe(seconds: number): void
}

/** A histogram for hot paths, which writes itself: the library takes single values and no sums. */
export function timings(name: string, help: string, bounds: readonly number[], labelNames: readonly string[]) {
  const series: { labels: string; counts: Float64Array; total(): { sum: number; count: number } }[] = []
  return {
    timing(...values: string[]): Timing {
      // The last place is for what is above every bound.
      const counts = new Float64Array(bounds.length + 1)
      let sum = 0
      let count = 0
      const labels = labelNames.map((label, at) => `${label}="${escaped(values[at] ?? '')}"`).join(',')
      series.push({ labels, counts, total: () => ({ sum, count }) })
      return {
        observe(seconds) {
          let at = 0
          while (at < bounds.length && seconds > (bounds[at] ?? 0)) at += 1
          counts[at] = (counts[at] ?? 0) + 1
          sum += seconds
          count += 1
        },
      }
    },
    /** https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details: buckets are cumulative. */
    text(): string {
      const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`]
      for (const { labels, counts, total } of series) {
        const { sum, count } = total()
        let below = 0
        bounds.forEach((bound, at) => {
          below += counts[at] ?? 0
          lines.push(`${name}_bucket{le="${bound}",${labels}} ${below}`)
        })
        lines.push(`${name}_bucket{le="+Inf",${labels}} ${count}`)
        lines.push(`${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${count}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}

const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
