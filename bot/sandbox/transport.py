"""The sandbox without a socket, as an httpx transport that fails as a socket does."""

import asyncio

import httpx


class InProcess(httpx.ASGITransport):
    """Calls an application directly; unlike httpx's own it keeps to the read timeout, and a cut
    connection is httpx's error rather than the application's.
    """

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One call.

        Raises:
            httpx.ReadTimeout: no answer within the request's read timeout; the call is given up.
            httpx.ReadError: the sandbox cut the connection.
        """
        seconds = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(seconds):
                return await super().handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("no answer in time", request=request) from error
        except ConnectionResetError as error:
            raise httpx.ReadError(str(error), request=request) from error
