"""What a widget's panel looks like, without its controls."""

from playwright.sync_api import TimeoutError

# A slider's own number moves with it in any case: that is no picture.
LOOK = """(panel) => {
  const copy = panel.cloneNode(true);
  copy.querySelectorAll("label, fieldset").forEach((node) => node.remove());
  const drawn = [...panel.querySelectorAll("canvas")];
  return [copy.innerHTML, ...drawn.map((c) => c.toDataURL())].join();
}"""
IS = f"([panel, look, same]) => (({LOOK})(panel) === look) === same"


class Picture:
    """A panel's drawing and sentences: SVG, canvas and text."""

    def __init__(self, panel):
        self.panel = panel

    def now(self) -> str:
        return self.panel.evaluate(LOOK)

    def becomes(self, look: str, same: bool) -> bool:
        """Whether it comes to be this look, or another than this."""
        panel = self.panel.element_handle()
        try:
            self.panel.page.wait_for_function(IS, arg=[panel, look, same])
        except TimeoutError:
            return False
        return True
