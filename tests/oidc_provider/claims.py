"""What the provider says about a person."""

from urllib.parse import urlsplit

from oauth2_provider.oauth2_validators import OAuth2Validator


class Claims(OAuth2Validator):
    """Says who a person is, and that their address is verified unless their name denies it."""

    oidc_claim_scope = None

    def validate_redirect_uri(self, client_id, redirect_uri, request, *arguments, **named):
        """Return whether it leads back to the product, whose port is new in each run."""
        return (
            redirect_uri.startswith("http://localhost:")
            and urlsplit(redirect_uri).path == request.client.redirect_uris
        )

    def get_additional_claims(self, request):
        """Return the claims."""
        return {
            "email": request.user.email,
            "email_verified": not request.user.username.startswith("unverified"),
            "name": request.user.username,
        }
