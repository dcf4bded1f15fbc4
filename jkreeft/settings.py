"""One settings file. Every value that differs between machines comes from the environment; what is missing or odd
stops the start with one clear sentence. `docs/configuration.md` lists the variables."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
_env_file = env.str("JKREEFT_ENV_FILE", default="")
if _env_file:
    if not Path(_env_file).is_file():
        raise ImproperlyConfigured(f"JKREEFT_ENV_FILE names {_env_file}, which is not a file.")
    environ.Env.read_env(_env_file)

# Where it runs: "demo" and "test" may move the clock and show the demo pages; "production" may not.
ENVIRONMENT: str = env.str("JKREEFT_ENVIRONMENT")
if ENVIRONMENT not in {"demo", "test", "production"}:
    raise ImproperlyConfigured("JKREEFT_ENVIRONMENT must be demo, test or production.")
IS_PRODUCTION = ENVIRONMENT == "production"
DEBUG: bool = env.bool("DEBUG", default=False)
if DEBUG and IS_PRODUCTION:
    raise ImproperlyConfigured("DEBUG must be off in production: error pages would show personal data.")

VAR_DIR = Path(env.str("JKREEFT_VAR", default=str(BASE_DIR / "var")))

# Keys. Rings are "version:key,version:key"; the highest version writes, the others only read.
SECRET_KEY: str = env.str("SECRET_KEY")
DIGEST_KEYS: str = env.str("DIGEST_KEYS")
ENCRYPTION_KEYS: str = env.str("ENCRYPTION_KEYS")
IMAGE_PROOF_KEY: str = env.str("IMAGE_PROOF_KEY")
for _name, _key in [("SECRET_KEY", SECRET_KEY), ("IMAGE_PROOF_KEY", IMAGE_PROOF_KEY)]:
    if len(_key) < 32:
        raise ImproperlyConfigured(f"{_name} must be at least 32 characters.")

SITE_URL: str = env.str("SITE_URL").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

INSTALLED_APPS = [
    "jkreeft",
    "complaints",
    "reviews",
    "shop",
    "galleries",
    "accounts",
    "privacy",
    "jkreeft.admin_site.JkreeftAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jkreeft.typed.KeepWords",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "jkreeft.urls"
WSGI_APPLICATION = "jkreeft.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jkreeft.context.site",
                "jkreeft.typed.typed",
            ],
        },
    }
]

# Database. SQLite writes take the lock at once (IMMEDIATE) and overwrite what they delete (secure_delete).
if not env.str("DATABASE_URL").startswith(("sqlite://", "postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:// or postgres://.")
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000;"
        " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and broker: one Redis or Valkey. Gallery fragments stay in the process that made them.
REDIS_URL: str = env.str("REDIS_URL")
if not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
# Celery spells a Unix socket, and the database behind it, its own way.
CELERY_BROKER_URL = REDIS_URL
if REDIS_URL.startswith("unix://"):
    CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ALWAYS_EAGER: bool = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_EAGER_PROPAGATES = True

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
# Who works here logs in with a second factor. A demo shows its staff without one, and says so; production refuses that.
STAFF_NEEDS_SECOND_FACTOR: bool = not env.bool("STAFF_WITHOUT_SECOND_FACTOR", default=False)
if IS_PRODUCTION and not STAFF_NEEDS_SECOND_FACTOR:
    raise ImproperlyConfigured("STAFF_WITHOUT_SECOND_FACTOR must be off in production: staff see personal data.")

# django-allauth: passwords, second factors and passkeys. Registration, the proof of an address and its change are ours
# (`accounts.actions.customers`), so the library never has to prove one.
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_FORMS = {
    "reset_password": "accounts.forms.security.ForgottenForm",
    "reset_password_from_key": "accounts.forms.security.NewPasswordForm",
    "change_password": "accounts.forms.security.ChangePasswordForm",
    "reauthenticate": "accounts.forms.security.ReauthenticateForm",
}
# Per account tight, per address generous: a school sits behind one. Logins and mails have counters of their own
# (`accounts.throttle`); "login_failed" is what counts wrong codes of a second factor.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "login_failed": "10/15m/key",
    "reset_password": "120/m/ip",
    "reset_password_from_key": "120/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An account that can log in has a proved address, always.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "accounts.forms.security.CodeForm",
    "reauthenticate": "accounts.forms.security.CodeAgainForm",
    "activate_totp": "accounts.forms.security.ActivateAppForm",
    "add_webauthn": "accounts.forms.security.AddKeyForm",
    "authenticate_webauthn": "accounts.forms.security.UseKeyForm",
    "login_webauthn": "accounts.forms.security.LoginKeyForm",
    "reauthenticate_webauthn": "accounts.forms.security.KeyAgainForm",
}

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["jkreeft.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Files: private, never under a public address.
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The demo and the tests serve what lies in the source folders, listed once at start; production what was collected.
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
PRIVATE_ROOT = VAR_DIR / "private"
S3_BUCKET: str = env.str("S3_BUCKET", default="")
_private_storage: dict[str, Any] = (
    {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_expire": 60,
        },
    }
    if S3_BUCKET
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    }
)
STORAGES: dict[str, dict[str, Any]] = {
    "default": _private_storage,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Who sends image bytes: Django checks the proof itself, or nginx does (secure_link) and Python never sees the request.
IMAGES_BY_NGINX: bool = env.bool("IMAGES_BY_NGINX", default=False)

# Mail
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://" + str(VAR_DIR / "mail"))
vars().update(EMAIL_CONFIG)
if not env.str("EMAIL_URL", default=""):
    if IS_PRODUCTION:
        raise ImproperlyConfigured("EMAIL_URL is missing: production has to send its mail somewhere.")
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="JKreeft.com <studio@jkreeft.example>")
EMAIL_TIMEOUT = 20
# Who tells us what came back or was reported as spam, and the secret that proves it ("user:password").
MAIL_EVENTS_PROVIDER: str = env.str("MAIL_EVENTS_PROVIDER", default="")
MAIL_EVENTS_SECRET: str = env.str("MAIL_EVENTS_SECRET", default="")
if MAIL_EVENTS_PROVIDER not in {"", "brevo", "mailjet", "postmark", "sparkpost"}:
    raise ImproperlyConfigured("MAIL_EVENTS_PROVIDER must be brevo, mailjet, postmark or sparkpost.")
if bool(MAIL_EVENTS_PROVIDER) != bool(MAIL_EVENTS_SECRET):
    raise ImproperlyConfigured("MAIL_EVENTS_PROVIDER and MAIL_EVENTS_SECRET are set together, or not at all.")
if MAIL_EVENTS_SECRET and (":" not in MAIL_EVENTS_SECRET or len(MAIL_EVENTS_SECRET) < 24):
    raise ImproperlyConfigured("MAIL_EVENTS_SECRET must read user:password, at least 24 characters long.")
ANYMAIL = {"WEBHOOK_SECRET": MAIL_EVENTS_SECRET}

# The studio
STUDIO_NAME = "JKreeft.com"
STUDIO_PLACE = "Middelharnis"
STUDIO_EMAIL: str = env.str("STUDIO_EMAIL", default="studio@jkreeft.example")
STUDIO_PHONE: str = env.str("STUDIO_PHONE", default="0187 00 00 00")
STUDIO_IBAN: str = env.str("STUDIO_IBAN", default="NL02ABNA0123456789")
PRIVACY_OWNER_NAME: str = env.str("PRIVACY_OWNER_NAME", default="J. Kreeft")
PRIVACY_OWNER_EMAIL: str = env.str("PRIVACY_OWNER_EMAIL", default="privacy@jkreeft.example")
PAYMENT_PROVIDERS: list[str] = env.list("PAYMENT_PROVIDERS", default=["demo", "transfer"])
if IS_PRODUCTION and "demo" in PAYMENT_PROVIDERS:
    raise ImproperlyConfigured("PAYMENT_PROVIDERS names the demo provider: nobody would really pay.")
USES_OSS: bool = env.bool("USES_OSS", default=False)
PHONE_REQUIRED: bool = env.bool("PHONE_REQUIRED", default=True)

# Browser security: served over TLS only (P81), and nothing of anybody else on a page (P84).
SECURE = env.bool("SECURE", default=IS_PRODUCTION)
if IS_PRODUCTION and not SECURE:
    raise ImproperlyConfigured("SECURE must be on in production: the site is served over HTTPS only.")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser, as no visit lasts longer
SESSION_COOKIE_AGE = 21 * 24 * 3600  # RT30, set again as an absolute end when a code is entered
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
}

# Logs carry ids and counts, never names, codes or addresses.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"proofs": {"()": "jkreeft.logs.WithoutProofs"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["proofs"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It would write down which passkey somebody added or used.
    "loggers": {"fido2": {"level": "WARNING"}},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
