/** A bundle that does not notice that its host is gone: only somebody else can end it. */
process.stdin.on("end", () => {});
setInterval(() => {}, 1000);
process.stdout.write("here\n");
