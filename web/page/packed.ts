/** Reads what the build or the host packed into a block of the page: gzip in base64, which can't be markup. */
export async function unpack(id: string): Promise<string> {
  const text = document.getElementById(id)?.textContent ?? "";
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(unpacked).text();
}
