/** The head of a WebP file, and nothing of its picture. */
export function sampleWebp(kind: 'VP8X' | 'VP8 ' | 'VP8L' | 'VP9 ', width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(40)
  bytes.write(`RIFF    WEBP${kind}`, 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  if (kind === 'VP8X') {
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
  } else if (kind === 'VP8L') bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21)
  else {
    bytes.writeUInt16LE(width, 26)
    bytes.writeUInt16LE(height, 28)
  }
  return bytes
}
