const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units with at most one digit behind the point: `812 bytes`, `3.8 kB`, `10 MB`. */
export function sizeWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const unit = units[power] ?? 'bytes';
  if (power === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${Number((bytes / 1000 ** power).toFixed(1))} ${unit}`;
}
