// UUIDs of version 7: made once on the phone, in the order of time.
let last = 0;
let counter = 0;

/** A new UUIDv7; those of one millisecond are in order too (a 12-bit counter where the version leaves room). */
export function uuid7(now: number = Date.now()): string {
  if (now > last) {
    last = now;
    counter = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x3ff;
  } else if (++counter > 0xfff) {
    last += 1;
    counter = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(last / 0x10000));
  new DataView(bytes.buffer).setUint16(4, last % 0x10000);
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
