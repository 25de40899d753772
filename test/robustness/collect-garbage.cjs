// Loaded into the server before anything else (`--require`), with `--expose-gc`: measures its memory when asked to.
process.on("message", () => {
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ rss, heapUsed });
});
process.channel.unref();
