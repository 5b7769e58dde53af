"""The headers of files that are served as they lie: the field app may use the camera, and its decoder runs as WebAssembly."""

from collections.abc import MutableMapping

FIELD = "/field/"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"


def of_files(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Adds to a file's headers; WhiteNoise calls it once for each file when the server starts."""
    if url.startswith(FIELD):
        headers["Content-Security-Policy"] = POLICY
        headers["Permissions-Policy"] = PERMISSIONS
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
