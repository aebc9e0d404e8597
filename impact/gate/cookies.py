"""Cookies: signed, out of reach of scripts, and not sent along by pages of others."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from impact.config import Settings
from impact.store.database import Database
from impact.store.people.secret_key import secret_key


class Cookies(SecureCookieSessionInterface):
    """Sessions in cookies; who shows none, such as a program, costs no key for reading it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the session that a browser brings along."""
        if app.secret_key and self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send a browser its session; where there is none, only say that one was looked for."""
        if session or session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            response.vary.add("Cookie")


def sign_cookies(app: Flask, database: Database, settings: Settings) -> None:
    """Sign the cookies of `app` with the key of the settings, or else with that of the database."""
    app.session_interface = Cookies()
    app.config.update(
        SECRET_KEY=settings.secret_key or secret_key(database),
        SESSION_COOKIE_NAME="__Host-impact" if settings.is_https else "impact",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
    )
