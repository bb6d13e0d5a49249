"""The built book at a local address, until Ctrl-C."""

import functools
import http.server
import sys

from book._press.render import ROOT


def main(port):
    """Serve ``_build/html``; a port that cannot be had is named."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        sys.exit(f"cvnotes: PORT={port} is no port; use 1024 to 65535")
    port = int(port)
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=ROOT / "_build/html"
    )
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        sys.exit(
            f"cvnotes: port {port} cannot be had ({error.strerror}); "
            f"`make serve PORT=8765` takes another."
        )
    print(f"The book: http://127.0.0.1:{port} (Ctrl-C ends)")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(sys.argv[1])
