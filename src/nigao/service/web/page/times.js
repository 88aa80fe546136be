// Moments in words.

/**
 * A moment of the service in the reader's own time.
 * @param {string | null} moment ISO 8601
 */
export function when(moment) {
  const time = moment ? new Date(moment) : null;
  if (!time || Number.isNaN(time.valueOf())) return "";
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
