// Speaks HTTP/2 to a browser, as GitHub Pages does, for a server that does not: `node http2.mjs PORT KEY CERTIFICATE`.
// A browser speaks it over TLS only. Prints its own port, and ends with its standard input.

import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createSecureServer } from "node:http2";
import { argv, exit, stdin, stdout } from "node:process";

const [port, key, certificate] = argv.slice(2);
// These belong to one connection of HTTP/1.1, and HTTP/2 forbids them.
const HOP = ["connection", "keep-alive", "transfer-encoding"];

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate) });
server.on("stream", (stream, headers) => {
  stream.on("error", () => {}); // The browser went away in the middle.
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
  const inner = request({ port, host: "127.0.0.1", method: headers[":method"], path: headers[":path"], headers: own }, (answer) => {
    if (stream.destroyed) return;
    const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !HOP.includes(name)));
    stream.respond({ ":status": answer.statusCode, ...kept });
    answer.pipe(stream);
  });
  inner.on("error", () => stream.close());
  stream.pipe(inner);
});
server.listen(0, "127.0.0.1", () => stdout.write(`${server.address().port}\n`));
stdin.on("end", () => exit(0)).resume();
