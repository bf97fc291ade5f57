/** Twice what a page shows it at, for sharp screens. */
const SIDE = 96

/** A picture as a small PNG in an address of its own: whatever it was before, no page that shows it asks anybody for it. */
export async function smallPicture(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const [width, height] = [picture.width * scale, picture.height * scale]
  canvas.getContext('2d')?.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
  picture.close()
  return canvas.toDataURL('image/png')
}
