"""The built book at a local address, until Ctrl-C."""

import functools
import http.server
import sys

from book._press.render import ROOT


def main(port):
    """Serve ``_build/html``; a port that is taken is named."""
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=ROOT / "_build/html"
    )
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        sys.exit(
            f"cvnotes: port {port} is taken; "
            f"`make serve PORT={port + 1}` takes another."
        )
    print(f"The book: http://127.0.0.1:{port} (Ctrl-C ends)")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(int(sys.argv[1]))
