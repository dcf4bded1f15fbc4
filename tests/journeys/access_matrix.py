"""Who may ask what: one line for each address and method, one column for each kind of person.

A column holds the status of the answer. `login` is the way to the login of the back office, `302` any other redirect.
Staff hold no login code here, so on the public pages they are visitors; a code holder is a visitor of the back office.
A posted form is empty: 200 and 422 mean that it was read and came back, so its sender may use it.
"""

from dataclasses import dataclass

ACTORS = (
    "visitor",
    "owner",  # holds the code of the photos, and came by the link of the order
    "other code",  # holds the code of another subject
    "customer",  # has an account, and no code
    "front desk",
    "photographer",
    "administration",
    "privacy owner",
    "superuser",
)


@dataclass(frozen=True)
class Row:
    """One line: the URL's name, the method, and a status for each actor."""

    name: str
    method: str
    statuses: dict[str, str]


def _read(table: str) -> list[Row]:
    lines = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return [Row(name, method, dict(zip(ACTORS, statuses, strict=True))) for name, method, *statuses in lines]


MATRIX = _read("""
#                                              visit owner other cust  desk  photo admin priv  super
# Public pages
galleries:ask                             GET  404   200   404   404   404   404   404   404   404
galleries:ask                             POST 404   422   404   404   404   404   404   404   404
galleries:case                            GET  404   200   404   404   404   404   404   404   404
galleries:delete                          GET  404   200   404   404   404   404   404   404   404
galleries:delete                          POST 404   422   404   404   404   404   404   404   404
galleries:delete_all                      GET  404   200   404   404   404   404   404   404   404
galleries:delete_all                      POST 404   422   404   404   404   404   404   404   404
galleries:deleted                         GET  404   404   404   404   404   404   404   404   404
complaints:contact                        GET  200   200   200   200   200   200   200   200   200
complaints:contact                        POST 422   422   422   422   422   422   422   422   422
complaints:sent                           GET  200   200   200   200   200   200   200   200   200
galleries:enter                           POST 422   422   422   422   422   422   422   422   422
galleries:forget                          GET  200   200   200   200   200   200   200   200   200
galleries:forget                          POST 302   302   302   302   302   302   302   302   302
galleries:forget_addresses                POST 404   302   404   404   404   404   404   404   404
galleries:gallery                         GET  404   200   404   404   404   404   404   404   404
galleries:held                            GET  404   200   404   404   404   404   404   404   404
galleries:help                            GET  200   200   200   200   200   200   200   200   200
galleries:home                            GET  200   200   200   200   200   200   200   200   200
galleries:image                           GET  404   200   404   404   404   404   404   404   404
galleries:keep                            GET  404   200   404   404   404   404   404   404   404
galleries:keep                            POST 404   422   404   404   404   404   404   404   404
galleries:leave                           POST 302   302   302   302   302   302   302   302   302
galleries:photo                           GET  404   200   404   404   404   404   404   404   404
galleries:remind                          GET  404   200   404   404   404   404   404   404   404
galleries:remind                          POST 404   422   404   404   404   404   404   404   404
galleries:withdraw                        POST 404   409   404   404   404   404   404   404   404
relations:mail_events                     POST 404   404   404   404   404   404   404   404   404
relations:unsubscribe                     GET  200   200   200   200   200   200   200   200   200
relations:unsubscribe                     POST 200   200   200   200   200   200   200   200   200
privacy:cookies_policy                    GET  301   301   301   301   301   301   301   301   301
privacy:comparison                        GET  200   200   200   200   200   200   200   200   200
privacy:cookies                           GET  200   200   200   200   200   200   200   200   200
privacy:practice                          GET  200   200   200   200   200   200   200   200   200
privacy:processing_agreement              GET  200   200   200   200   200   200   200   200   200
privacy:processor                         GET  200   200   200   200   200   200   200   200   200
privacy:rights                            GET  200   200   200   200   200   200   200   200   200
privacy:version                           GET  200   200   200   200   200   200   200   200   200
privacy:versions                          GET  200   200   200   200   200   200   200   200   200
privacy:close_my_data                     POST 302   302   302   302   302   302   302   302   302
privacy:export                            GET  200   200   200   200   200   200   200   200   200
privacy:export                            POST 200   200   200   200   200   200   200   200   200
privacy:health                            GET  200   200   200   200   200   200   200   200   200
privacy:link_sent                         GET  200   200   200   200   200   200   200   200   200
privacy:my_data                           GET  200   200   200   200   200   200   200   200   200
privacy:my_data                           POST 422   422   422   422   422   422   422   422   422
privacy:open_address                      GET  200   200   200   200   200   200   200   200   200
privacy:open_address                      POST 302   302   302   302   302   302   302   302   302
privacy:prove_request                     GET  200   200   200   200   200   200   200   200   200
privacy:prove_request                     POST 200   200   200   200   200   200   200   200   200
privacy:use_right                         GET  302   200   200   200   200   200   200   200   200
privacy:use_right                         POST 422   422   422   422   422   422   422   422   422
privacy:statement                         GET  200   200   200   200   200   200   200   200   200
privacy:terms                             GET  200   200   200   200   200   200   200   200   200
reviews:feed                              GET  200   200   200   200   200   200   200   200   200
reviews:list                              GET  200   200   200   200   200   200   200   200   200
reviews:own                               GET  200   200   200   200   200   200   200   200   200
reviews:own                               POST 200   200   200   200   200   200   200   200   200
reviews:sent                              GET  200   200   200   200   200   200   200   200   200
reviews:write                             GET  200   200   200   200   200   200   200   200   200
reviews:write                             POST 422   422   422   422   422   422   422   422   422
set_language                              GET  302   302   302   302   302   302   302   302   302
set_language                              POST 302   302   302   302   302   302   302   302   302
shop:add                                  POST 302   302   302   302   302   302   302   302   302
shop:basket                               GET  200   200   200   200   200   200   200   200   200
shop:change                               POST 302   302   302   302   302   302   302   302   302
shop:checkout                             GET  302   302   302   302   302   302   302   302   302
shop:checkout                             POST 302   302   302   302   302   302   302   302   302
shop:correct                              GET  404   200   404   404   404   404   404   404   404
shop:correct                              POST 404   422   404   404   404   404   404   404   404
shop:demo_pay                             GET  200   200   200   200   200   200   200   200   200
shop:demo_pay                             POST 200   200   200   200   200   200   200   200   200
shop:download                             GET  404   200   404   404   404   404   404   404   404
shop:notify                               POST 200   200   200   200   200   200   200   200   200
shop:order                                GET  404   200   404   404   404   404   404   404   404
shop:order_link                           GET  302   302   302   302   302   302   302   302   302
shop:paid                                 GET  404   302   404   404   404   404   404   404   404
shop:pay                                  POST 404   302   404   404   404   404   404   404   404
shop:remember                             POST 302   302   302   302   302   302   302   302   302

# The account of a customer; colleagues have one too, for their own password and passkeys. Before a step that concerns
# its safety everybody is asked for the password once more (302)
account_change_password                   GET  302   302   302   200   200   200   200   200   200
account_change_password                   POST 302   302   302   200   200   200   200   200   200
account_email_verification_sent           GET  200   200   200   200   200   200   200   200   200
account_login                             GET  200   200   200   302   302   302   302   302   302
account_login                             POST 422   422   422   302   302   302   302   302   302
account_logout                            POST 302   302   302   302   302   302   302   302   302
account_reauthenticate                    GET  302   302   302   200   200   200   200   200   200
account_reauthenticate                    POST 302   302   302   200   200   200   200   200   200
account_reset_password                    GET  200   200   200   200   200   200   200   200   200
account_reset_password                    POST 200   200   200   200   200   200   200   200   200
account_reset_password_done               GET  200   200   200   200   200   200   200   200   200
account_reset_password_from_key           GET  200   200   200   200   200   200   200   200   200
account_reset_password_from_key           POST 200   200   200   200   200   200   200   200   200
account_reset_password_from_key_done      GET  200   200   200   200   200   200   200   200   200
account_signup                            GET  200   200   200   302   302   302   302   302   302
account_signup                            POST 422   422   422   302   302   302   302   302   302
accounts:address                          GET  302   302   302   302   302   302   302   302   302
accounts:address                          POST 302   302   302   302   302   302   302   302   302
accounts:confirm                          GET  200   200   200   200   200   200   200   200   200
accounts:confirm                          POST 422   422   422   422   422   422   422   422   422
accounts:confirm_change                   GET  302   302   302   200   410   410   410   410   410
accounts:confirm_change                   POST 302   302   302   302   410   410   410   410   410
accounts:delete                           GET  302   302   302   302   302   302   302   302   302
accounts:delete                           POST 302   302   302   302   302   302   302   302   302
accounts:deleted                          GET  200   200   200   200   200   200   200   200   200
galleries:forget_saved                    POST 302   302   302   302   302   302   302   302   302
galleries:open_saved                      POST 302   302   302   302   404   404   404   404   404
galleries:save_code                       POST 302   302   302   302   302   302   302   302   302
shop:account_file                         GET  302   302   302   404   404   404   404   404   404
accounts:home                             GET  302   302   302   200   200   200   200   200   200
mfa_activate_totp                         GET  302   302   302   302   302   302   302   302   302
mfa_activate_totp                         POST 302   302   302   302   302   302   302   302   302
mfa_add_webauthn                          GET  302   302   302   302   302   302   302   302   302
mfa_add_webauthn                          POST 302   302   302   302   302   302   302   302   302
mfa_authenticate                          GET  302   302   302   302   302   302   302   302   302
mfa_authenticate                          POST 302   302   302   302   302   302   302   302   302
mfa_deactivate_totp                       GET  302   302   302   404   404   404   404   404   404
mfa_deactivate_totp                       POST 302   302   302   404   404   404   404   404   404
mfa_generate_recovery_codes               GET  302   302   302   302   302   302   302   302   302
mfa_generate_recovery_codes               POST 302   302   302   302   302   302   302   302   302
mfa_index                                 GET  302   302   302   200   200   200   200   200   200
mfa_list_webauthn                         GET  302   302   302   302   302   302   302   302   302
mfa_login_webauthn                        GET  302   302   302   302   302   302   302   302   302
mfa_login_webauthn                        POST 302   302   302   302   302   302   302   302   302
mfa_reauthenticate                        GET  302   302   302   302   302   302   302   302   302
mfa_reauthenticate                        POST 302   302   302   302   302   302   302   302   302
mfa_reauthenticate_webauthn               GET  302   302   302   200   302   302   302   302   302
mfa_reauthenticate_webauthn               POST 302   302   302   302   302   302   302   302   302
mfa_remove_webauthn                       GET  302   302   302   302   302   302   302   302   302
mfa_remove_webauthn                       POST 302   302   302   302   302   302   302   302   302
mfa_view_recovery_codes                   GET  302   302   302   404   404   404   404   404   404

# Demo and test sites only
demo:components                           GET  200   200   200   200   200   200   200   200   200
demo:mail                                 GET  200   200   200   200   200   200   200   200   200
demo:message                              GET  200   200   200   200   200   200   200   200   200
demo:message_html                         GET  200   200   200   200   200   200   200   200   200

# The back office itself
admin:anything_else                       GET  login login login login 404   404   404   404   404
admin:app_list                            GET  login login login login 200   404   200   404   200
admin:autocomplete                        GET  login login login login 403   403   403   403   403
admin:index                               GET  login login login login 200   200   200   200   200
admin:jsi18n                              GET  login login login login 200   200   200   200   200
admin:login                               GET  200   200   200   200   302   302   302   302   302
admin:login                               POST 200   200   200   200   200   200   200   200   200
admin:logout                              GET  302   302   302   302   405   405   405   405   405
admin:logout                              POST 302   302   302   302   200   200   200   200   200
admin:password_change                     GET  login login login login 200   200   200   200   200
admin:password_change                     POST login login login login 200   200   200   200   200
admin:password_change_done                GET  login login login login 200   200   200   200   200

# Accounts
admin:accounts_user_add                   GET  login login login login 403   403   403   403   200
admin:accounts_user_add                   POST login login login login 403   403   403   403   200
admin:accounts_user_bare                  GET  login login login login 302   302   302   302   302
admin:accounts_user_change                GET  login login login login 403   403   403   403   200
admin:accounts_user_change                POST login login login login 403   403   403   403   200
admin:accounts_user_changelist            GET  login login login login 403   403   403   403   200
admin:accounts_user_delete                GET  login login login login 403   403   403   403   403
admin:accounts_user_delete                POST login login login login 403   403   403   403   403
admin:accounts_user_history               GET  login login login login 403   403   403   403   200

# Relations and advertising
admin:accounts_campaign_add               GET  login login login login 200   403   403   403   200
admin:accounts_campaign_add               POST login login login login 200   403   403   403   200
admin:accounts_campaign_bare              GET  login login login login 302   302   302   302   302
admin:accounts_campaign_change            GET  login login login login 200   403   403   403   200
admin:accounts_campaign_change            POST login login login login 200   403   403   403   200
admin:accounts_campaign_changelist        GET  login login login login 200   403   403   403   200
admin:accounts_campaign_delete            GET  login login login login 403   403   403   403   403
admin:accounts_campaign_delete            POST login login login login 403   403   403   403   403
admin:accounts_campaign_history           GET  login login login login 200   403   403   403   200
admin:accounts_campaign_message           GET  login login login login 200   403   403   403   200
admin:accounts_campaign_preview           GET  login login login login 200   403   403   403   200
admin:accounts_campaign_resume            GET  login login login login 200   403   403   403   200
admin:accounts_campaign_resume            POST login login login login 302   403   403   403   302
admin:accounts_campaign_send              GET  login login login login 200   403   403   403   200
admin:accounts_campaign_send              POST login login login login 302   403   403   403   302
admin:accounts_campaign_stop              GET  login login login login 200   403   403   403   200
admin:accounts_campaign_stop              POST login login login login 302   403   403   403   302
admin:accounts_relation_add               GET  login login login login 403   403   403   403   403
admin:accounts_relation_add               POST login login login login 403   403   403   403   403
admin:accounts_relation_bare              GET  login login login login 302   302   302   302   302
admin:accounts_relation_change            GET  login login login login 200   403   403   403   200
admin:accounts_relation_change            POST login login login login 403   403   403   403   403
admin:accounts_relation_changelist        GET  login login login login 200   403   403   403   200
admin:accounts_relation_delete            GET  login login login login 403   403   403   403   403
admin:accounts_relation_delete            POST login login login login 403   403   403   403   403
admin:accounts_relation_forget            GET  login login login login 200   403   403   403   200
admin:accounts_relation_forget            POST login login login login 302   403   403   403   302
admin:accounts_relation_history           GET  login login login login 200   403   403   403   200
admin:accounts_relation_objection         GET  login login login login 200   403   403   403   200
admin:accounts_relation_objection         POST login login login login 200   403   403   403   200
admin:accounts_suppression_add            GET  login login login login 403   403   403   403   403
admin:accounts_suppression_add            POST login login login login 403   403   403   403   403
admin:accounts_suppression_bare           GET  login login login login 302   302   302   302   302
admin:accounts_suppression_change         GET  login login login login 403   403   403   200   200
admin:accounts_suppression_change         POST login login login login 403   403   403   403   403
admin:accounts_suppression_changelist     GET  login login login login 403   403   403   200   200
admin:accounts_suppression_delete         GET  login login login login 403   403   403   403   403
admin:accounts_suppression_delete         POST login login login login 403   403   403   403   403
admin:accounts_suppression_history        GET  login login login login 403   403   403   200   200
admin:accounts_suppression_review         GET  login login login login 403   403   403   200   200
admin:accounts_suppression_review         POST login login login login 403   403   403   302   302
admin:accounts_suppression_withdraw       GET  login login login login 403   403   403   200   200
admin:accounts_suppression_withdraw       POST login login login login 403   403   403   200   200

# Galleries
admin:galleries_assignment_add            GET  login login login login 200   403   403   403   200
admin:galleries_assignment_add            POST login login login login 200   403   403   403   200
admin:galleries_assignment_bare           GET  login login login login 302   302   302   302   302
admin:galleries_assignment_cards          GET  login login login login 200   403   403   403   200
admin:galleries_assignment_change         GET  login login login login 200   200   200   200   200
admin:galleries_assignment_change         POST login login login login 200   403   403   403   200
admin:galleries_assignment_changelist     GET  login login login login 200   200   200   200   200
admin:galleries_assignment_delete         GET  login login login login 403   403   403   403   403
admin:galleries_assignment_delete         POST login login login login 403   403   403   403   403
admin:galleries_assignment_history        GET  login login login login 200   200   200   200   200
admin:galleries_assignment_publish        GET  login login login login 200   200   403   403   200
admin:galleries_assignment_publish        POST login login login login 302   302   403   403   302
admin:galleries_assignment_quality        GET  login login login login 403   200   200   403   200
admin:galleries_assignment_quality        POST login login login login 403   302   403   403   302
admin:galleries_assignment_reward         GET  login login login login 403   403   200   403   200
admin:galleries_assignment_reward         POST login login login login 403   403   200   403   200
admin:galleries_assignment_roster         GET  login login login login 200   200   403   403   200
admin:galleries_assignment_roster         POST login login login login 200   200   403   403   200
admin:galleries_assignment_term           GET  login login login login 200   403   403   200   200
admin:galleries_assignment_term           POST login login login login 200   403   403   200   200
admin:galleries_assignment_accept         GET  login login login login 200   403   403   403   200
admin:galleries_assignment_accept         POST login login login login 200   403   403   403   200
admin:galleries_assignment_complete       GET  login login login login 200   403   403   200   200
admin:galleries_assignment_complete       POST login login login login 302   403   403   302   302
admin:galleries_assignment_contact        GET  login login login login 200   403   403   403   200
admin:galleries_assignment_contact        POST login login login login 200   403   403   403   200
admin:galleries_assignment_message        GET  login login login login 200   403   403   403   200
admin:galleries_assignment_message        POST login login login login 200   403   403   403   200
admin:galleries_assignment_unlink         GET  login login login login 200   403   403   403   200
admin:galleries_assignment_unlink         POST login login login login 302   403   403   403   302
admin:galleries_assignmentmessage_add     GET  login login login login 403   403   403   403   403
admin:galleries_assignmentmessage_add     POST login login login login 403   403   403   403   403
admin:galleries_assignmentmessage_delete  GET  login login login login 403   403   403   403   403
admin:galleries_assignmentmessage_delete  POST login login login login 403   403   403   403   403
admin:galleries_assignmentmessage_attachment GET  login login login login 200   403   403   403   200
admin:galleries_assignmentmessage_bare    GET  login login login login 302   302   302   302   302
admin:galleries_assignmentmessage_change  GET  login login login login 200   403   403   403   200
admin:galleries_assignmentmessage_change  POST login login login login 403   403   403   403   403
admin:galleries_assignmentmessage_changelist GET  login login login login 200   403   403   403   200
admin:galleries_assignmentmessage_history GET  login login login login 200   403   403   403   200
admin:galleries_contact_add               GET  login login login login 403   403   403   403   403
admin:galleries_contact_add               POST login login login login 403   403   403   403   403
admin:galleries_contact_delete            GET  login login login login 403   403   403   403   403
admin:galleries_contact_delete            POST login login login login 403   403   403   403   403
admin:galleries_contact_bare              GET  login login login login 302   302   302   302   302
admin:galleries_contact_change            GET  login login login login 200   403   403   403   200
admin:galleries_contact_change            POST login login login login 200   403   403   403   200
admin:galleries_contact_changelist        GET  login login login login 200   403   403   403   200
admin:galleries_contact_find              GET  login login login login 200   403   403   403   200
admin:galleries_contact_find              POST login login login login 200   403   403   403   200
admin:galleries_contact_history           GET  login login login login 200   403   403   403   200
admin:galleries_client_add                GET  login login login login 200   403   403   403   200
admin:galleries_client_add                POST login login login login 200   403   403   403   200
admin:galleries_client_bare               GET  login login login login 302   302   302   302   302
admin:galleries_client_change             GET  login login login login 200   200   200   403   200
admin:galleries_client_change             POST login login login login 200   403   403   403   200
admin:galleries_client_changelist         GET  login login login login 200   200   200   403   200
admin:galleries_client_delete             GET  login login login login 403   403   403   403   403
admin:galleries_client_delete             POST login login login login 403   403   403   403   403
admin:galleries_client_history            GET  login login login login 200   200   200   403   200
admin:galleries_extension_add             GET  login login login login 403   403   403   403   403
admin:galleries_extension_add             POST login login login login 403   403   403   403   403
admin:galleries_extension_bare            GET  login login login login 302   302   302   302   302
admin:galleries_extension_change          GET  login login login login 200   403   403   403   200
admin:galleries_extension_change          POST login login login login 403   403   403   403   403
admin:galleries_extension_changelist      GET  login login login login 200   403   403   403   200
admin:galleries_extension_delete          GET  login login login login 403   403   403   403   403
admin:galleries_extension_delete          POST login login login login 403   403   403   403   403
admin:galleries_extension_history         GET  login login login login 200   403   403   403   200
admin:galleries_logincode_add             GET  login login login login 403   403   403   403   403
admin:galleries_logincode_add             POST login login login login 403   403   403   403   403
admin:galleries_logincode_bare            GET  login login login login 302   302   302   302   302
admin:galleries_logincode_card            GET  login login login login 200   403   403   403   200
admin:galleries_logincode_change          GET  login login login login 200   403   403   403   200
admin:galleries_logincode_change          POST login login login login 403   403   403   403   403
admin:galleries_logincode_changelist      GET  login login login login 200   403   403   403   200
admin:galleries_logincode_delete          GET  login login login login 403   403   403   403   403
admin:galleries_logincode_delete          POST login login login login 403   403   403   403   403
admin:galleries_logincode_extend          GET  login login login login 200   403   403   403   200
admin:galleries_logincode_extend          POST login login login login 200   403   403   403   200
admin:galleries_logincode_history         GET  login login login login 200   403   403   403   200
admin:galleries_photo_add                 GET  login login login login 403   403   403   403   403
admin:galleries_photo_add                 POST login login login login 403   403   403   403   403
admin:galleries_photo_bare                GET  login login login login 302   302   302   302   302
admin:galleries_photo_change              GET  login login login login 200   200   403   403   200
admin:galleries_photo_change              POST login login login login 403   403   403   403   403
admin:galleries_photo_changelist          GET  login login login login 200   200   403   403   200
admin:galleries_photo_delete              GET  login login login login 403   403   403   403   403
admin:galleries_photo_delete              POST login login login login 403   403   403   403   403
admin:galleries_photo_history             GET  login login login login 200   200   403   403   200
admin:galleries_photo_removal             GET  login login login login 200   403   403   403   200
admin:galleries_photo_removal             POST login login login login 200   403   403   403   200
admin:galleries_photo_thumbnail           GET  login login login login 200   200   403   403   200
admin:galleries_qualityaggregate_add      GET  login login login login 403   403   403   403   403
admin:galleries_qualityaggregate_add      POST login login login login 403   403   403   403   403
admin:galleries_qualityaggregate_bare     GET  login login login login 302   302   302   302   302
admin:galleries_qualityaggregate_change   GET  login login login login 403   200   200   403   200
admin:galleries_qualityaggregate_change   POST login login login login 403   403   403   403   403
admin:galleries_qualityaggregate_changelist GET  login login login login 403   200   200   403   200
admin:galleries_qualityaggregate_delete   GET  login login login login 403   403   403   403   403
admin:galleries_qualityaggregate_delete   POST login login login login 403   403   403   403   403
admin:galleries_qualityaggregate_history  GET  login login login login 403   200   200   403   200
admin:galleries_removalcase_add           GET  login login login login 403   403   403   403   403
admin:galleries_removalcase_add           POST login login login login 403   403   403   403   403
admin:galleries_removalcase_bare          GET  login login login login 302   302   302   302   302
admin:galleries_removalcase_change        GET  login login login login 200   403   403   200   200
admin:galleries_removalcase_change        POST login login login login 403   403   403   403   403
admin:galleries_removalcase_changelist    GET  login login login login 200   403   403   200   200
admin:galleries_removalcase_delete        GET  login login login login 403   403   403   403   403
admin:galleries_removalcase_delete        POST login login login login 403   403   403   403   403
admin:galleries_removalcase_history       GET  login login login login 200   403   403   200   200
admin:galleries_removalcase_leave         GET  login login login login 200   403   403   403   200
admin:galleries_removalcase_leave         POST login login login login 200   403   403   403   200
admin:galleries_removalcase_mask          GET  login login login login 200   403   403   403   200
admin:galleries_removalcase_mask          POST login login login login 200   403   403   403   200
admin:galleries_removalcase_preview       GET  login login login login 200   403   403   403   200
admin:galleries_removalcase_remove        GET  login login login login 200   403   403   403   200
admin:galleries_removalcase_remove        POST login login login login 302   403   403   403   302
admin:galleries_removalcase_replace       GET  login login login login 200   403   403   403   200
admin:galleries_removalcase_replace       POST login login login login 200   403   403   403   200
admin:galleries_subject_add               GET  login login login login 403   403   403   403   403
admin:galleries_subject_add               POST login login login login 403   403   403   403   403
admin:galleries_subject_bare              GET  login login login login 302   302   302   302   302
admin:galleries_subject_change            GET  login login login login 200   200   403   403   200
admin:galleries_subject_change            POST login login login login 200   200   403   403   200
admin:galleries_subject_changelist        GET  login login login login 200   200   403   403   200
admin:galleries_subject_delete            GET  login login login login 403   403   403   403   403
admin:galleries_subject_delete            POST login login login login 403   403   403   403   403
admin:galleries_subject_history           GET  login login login login 200   200   403   403   200

# Shop: no line below adds or deletes an order, for anybody (P24)
admin:shop_archivedorder_add              GET  login login login login 403   403   403   403   403
admin:shop_archivedorder_add              POST login login login login 403   403   403   403   403
admin:shop_archivedorder_bare             GET  login login login login 302   302   302   302   302
admin:shop_archivedorder_change           GET  login login login login 403   403   200   403   403
admin:shop_archivedorder_change           POST login login login login 403   403   403   403   403
admin:shop_archivedorder_changelist       GET  login login login login 403   403   200   403   403
admin:shop_archivedorder_delete           GET  login login login login 403   403   403   403   403
admin:shop_archivedorder_delete           POST login login login login 403   403   403   403   403
admin:shop_archivedorder_history          GET  login login login login 403   403   200   403   403
admin:shop_invoice_add                    GET  login login login login 403   403   403   403   403
admin:shop_invoice_add                    POST login login login login 403   403   403   403   403
admin:shop_invoice_bare                   GET  login login login login 302   302   302   302   302
admin:shop_invoice_change                 GET  login login login login 403   403   200   403   200
admin:shop_invoice_change                 POST login login login login 403   403   403   403   403
admin:shop_invoice_changelist             GET  login login login login 403   403   200   403   200
admin:shop_invoice_delete                 GET  login login login login 403   403   403   403   403
admin:shop_invoice_delete                 POST login login login login 403   403   403   403   403
admin:shop_invoice_history                GET  login login login login 403   403   200   403   200
admin:shop_invoicecorrection_add          GET  login login login login 403   403   403   403   403
admin:shop_invoicecorrection_add          POST login login login login 403   403   403   403   403
admin:shop_invoicecorrection_bare         GET  login login login login 302   302   302   302   302
admin:shop_invoicecorrection_change       GET  login login login login 403   403   200   403   200
admin:shop_invoicecorrection_change       POST login login login login 403   403   403   403   403
admin:shop_invoicecorrection_changelist   GET  login login login login 403   403   200   403   200
admin:shop_invoicecorrection_delete       GET  login login login login 403   403   403   403   403
admin:shop_invoicecorrection_delete       POST login login login login 403   403   403   403   403
admin:shop_invoicecorrection_history      GET  login login login login 403   403   200   403   200
admin:shop_order_add                      GET  login login login login 403   403   403   403   403
admin:shop_order_add                      POST login login login login 403   403   403   403   403
admin:shop_order_bare                     GET  login login login login 302   302   302   302   302
admin:shop_order_change                   GET  login login login login 200   403   200   403   200
admin:shop_order_change                   POST login login login login 403   403   403   403   403
admin:shop_order_changelist               GET  login login login login 200   403   200   403   200
admin:shop_order_correct                  GET  login login login login 200   403   403   403   200
admin:shop_order_correct                  POST login login login login 200   403   403   403   200
admin:shop_order_delete                   GET  login login login login 403   403   403   403   403
admin:shop_order_delete                   POST login login login login 403   403   403   403   403
admin:shop_order_find                     GET  login login login login 200   403   403   403   200
admin:shop_order_find                     POST login login login login 200   403   403   403   200
admin:shop_order_history                  GET  login login login login 200   403   200   403   200
admin:shop_order_move                     GET  login login login login 200   403   403   403   200
admin:shop_order_move                     POST login login login login 302   403   403   403   302
admin:shop_order_print_file               GET  login login login login 200   403   403   403   200
admin:shop_order_transfer                 GET  login login login login 200   403   200   403   200
admin:shop_order_transfer                 POST login login login login 200   403   200   403   200
admin:shop_paymentstub_add                GET  login login login login 403   403   403   403   403
admin:shop_paymentstub_add                POST login login login login 403   403   403   403   403
admin:shop_paymentstub_bare               GET  login login login login 302   302   302   302   302
admin:shop_paymentstub_change             GET  login login login login 403   403   200   403   200
admin:shop_paymentstub_change             POST login login login login 403   403   403   403   403
admin:shop_paymentstub_changelist         GET  login login login login 403   403   200   403   200
admin:shop_paymentstub_delete             GET  login login login login 403   403   403   403   403
admin:shop_paymentstub_delete             POST login login login login 403   403   403   403   403
admin:shop_paymentstub_history            GET  login login login login 403   403   200   403   200
admin:shop_product_add                    GET  login login login login 403   403   200   403   200
admin:shop_product_add                    POST login login login login 403   403   200   403   200
admin:shop_product_bare                   GET  login login login login 302   302   302   302   302
admin:shop_product_change                 GET  login login login login 200   403   200   403   200
admin:shop_product_change                 POST login login login login 403   403   200   403   200
admin:shop_product_changelist             GET  login login login login 200   403   200   403   200
admin:shop_product_delete                 GET  login login login login 403   403   403   403   403
admin:shop_product_delete                 POST login login login login 403   403   403   403   403
admin:shop_product_history                GET  login login login login 200   403   200   403   200

# Messages: a question is for the front desk; the privacy owner finds privacy requests only (out of sight: 302, 404)
admin:complaints_contactmessage_add       GET  login login login login 403   403   403   403   403
admin:complaints_contactmessage_add       POST login login login login 403   403   403   403   403
admin:complaints_contactmessage_answer    GET  login login login login 200   403   403   404   200
admin:complaints_contactmessage_answer    POST login login login login 200   403   403   404   200
admin:complaints_contactmessage_bare      GET  login login login login 302   302   302   302   302
admin:complaints_contactmessage_change    GET  login login login login 200   403   403   302   200
admin:complaints_contactmessage_change    POST login login login login 403   403   403   403   403
admin:complaints_contactmessage_changelist GET  login login login login 200   403   403   200   200
admin:complaints_contactmessage_delete    GET  login login login login 403   403   403   403   403
admin:complaints_contactmessage_delete    POST login login login login 403   403   403   403   403
admin:complaints_contactmessage_history   GET  login login login login 200   302   302   302   200
admin:complaints_contactmessage_right     GET  login login login login 403   403   403   404   200
admin:complaints_contactmessage_right     POST login login login login 403   403   403   404   200
admin:complaints_contactmessage_topic     GET  login login login login 200   403   403   404   200
admin:complaints_contactmessage_topic     POST login login login login 200   403   403   404   200

# Complaints: recorded and closed by the front desk; the privacy owner watches the terms, and erases on request
admin:complaints_complaint_add            GET  login login login login 403   403   403   403   403
admin:complaints_complaint_add            POST login login login login 403   403   403   403   403
admin:complaints_complaint_bare           GET  login login login login 302   302   302   302   302
admin:complaints_complaint_change         GET  login login login login 200   403   403   200   200
admin:complaints_complaint_change         POST login login login login 403   403   403   403   403
admin:complaints_complaint_changelist     GET  login login login login 200   403   403   200   200
admin:complaints_complaint_close          GET  login login login login 200   403   403   403   200
admin:complaints_complaint_close          POST login login login login 200   403   403   403   200
admin:complaints_complaint_delete         GET  login login login login 403   403   403   403   403
admin:complaints_complaint_delete         POST login login login login 403   403   403   403   403
admin:complaints_complaint_erase          GET  login login login login 200   403   403   200   200
admin:complaints_complaint_erase          POST login login login login 302   403   403   302   302
admin:complaints_complaint_history        GET  login login login login 200   403   403   200   200
admin:complaints_complaint_record         GET  login login login login 200   403   403   403   200
admin:complaints_complaint_record         POST login login login login 200   403   403   403   200
admin:complaints_complaintcount_add       GET  login login login login 403   403   403   403   403
admin:complaints_complaintcount_add       POST login login login login 403   403   403   403   403
admin:complaints_complaintcount_bare      GET  login login login login 302   302   302   302   302
admin:complaints_complaintcount_change    GET  login login login login 200   403   403   200   200
admin:complaints_complaintcount_change    POST login login login login 403   403   403   403   403
admin:complaints_complaintcount_changelist GET  login login login login 200   403   403   200   200
admin:complaints_complaintcount_delete    GET  login login login login 403   403   403   403   403
admin:complaints_complaintcount_delete    POST login login login login 403   403   403   403   403
admin:complaints_complaintcount_history   GET  login login login login 200   403   403   200   200

# Reviews: nobody writes one here, or changes a word of one
admin:reviews_review_add                  GET  login login login login 403   403   403   403   403
admin:reviews_review_add                  POST login login login login 403   403   403   403   403
admin:reviews_review_answer               GET  login login login login 200   403   403   403   200
admin:reviews_review_answer               POST login login login login 200   403   403   403   200
admin:reviews_review_bare                 GET  login login login login 302   302   302   302   302
admin:reviews_review_change               GET  login login login login 200   403   403   200   200
admin:reviews_review_change               POST login login login login 403   403   403   403   403
admin:reviews_review_changelist           GET  login login login login 200   403   403   200   200
admin:reviews_review_delete               GET  login login login login 403   403   403   403   403
admin:reviews_review_delete               POST login login login login 403   403   403   403   403
admin:reviews_review_history              GET  login login login login 200   403   403   200   200
admin:reviews_review_publish              GET  login login login login 200   403   403   403   200
admin:reviews_review_publish              POST login login login login 302   403   403   403   302
admin:reviews_review_record               GET  login login login login 200   403   403   403   200
admin:reviews_review_record               POST login login login login 200   403   403   403   200
admin:reviews_review_refuse               GET  login login login login 200   403   403   403   200
admin:reviews_review_refuse               POST login login login login 200   403   403   403   200
admin:reviews_review_withdraw             GET  login login login login 200   403   403   200   200
admin:reviews_review_withdraw             POST login login login login 302   403   403   302   302

# Privacy
admin:privacy_consent_add             GET  login login login login 403   403   403   403   403
admin:privacy_consent_add             POST login login login login 403   403   403   403   403
admin:privacy_consent_bare            GET  login login login login 302   302   302   302   302
admin:privacy_consent_change          GET  login login login login 403   403   403   200   200
admin:privacy_consent_change          POST login login login login 403   403   403   403   403
admin:privacy_consent_changelist      GET  login login login login 403   403   403   200   200
admin:privacy_consent_delete          GET  login login login login 403   403   403   403   403
admin:privacy_consent_delete          POST login login login login 403   403   403   403   403
admin:privacy_consent_history         GET  login login login login 403   403   403   200   200
admin:privacy_accesslogentry_add          GET  login login login login 403   403   403   403   403
admin:privacy_accesslogentry_add          POST login login login login 403   403   403   403   403
admin:privacy_accesslogentry_bare         GET  login login login login 302   302   302   302   302
admin:privacy_accesslogentry_change       GET  login login login login 403   403   403   200   200
admin:privacy_accesslogentry_change       POST login login login login 403   403   403   403   403
admin:privacy_accesslogentry_changelist   GET  login login login login 403   403   403   200   200
admin:privacy_accesslogentry_delete       GET  login login login login 403   403   403   403   403
admin:privacy_accesslogentry_delete       POST login login login login 403   403   403   403   403
admin:privacy_accesslogentry_history      GET  login login login login 403   403   403   200   200
admin:privacy_datarecipient_add           GET  login login login login 403   403   403   200   200
admin:privacy_datarecipient_add           POST login login login login 403   403   403   200   200
admin:privacy_datarecipient_bare          GET  login login login login 302   302   302   302   302
admin:privacy_datarecipient_change        GET  login login login login 403   403   403   200   200
admin:privacy_datarecipient_change        POST login login login login 403   403   403   200   200
admin:privacy_datarecipient_changelist    GET  login login login login 403   403   403   200   200
admin:privacy_datarecipient_delete        GET  login login login login 403   403   403   403   403
admin:privacy_datarecipient_delete        POST login login login login 403   403   403   403   403
admin:privacy_datarecipient_history       GET  login login login login 403   403   403   200   200
admin:privacy_legaldisclosure_add         GET  login login login login 403   403   403   200   200
admin:privacy_legaldisclosure_add         POST login login login login 403   403   403   200   200
admin:privacy_legaldisclosure_bare        GET  login login login login 302   302   302   302   302
admin:privacy_legaldisclosure_change      GET  login login login login 403   403   403   200   200
admin:privacy_legaldisclosure_change      POST login login login login 403   403   403   403   403
admin:privacy_legaldisclosure_changelist  GET  login login login login 403   403   403   200   200
admin:privacy_legaldisclosure_delete      GET  login login login login 403   403   403   403   403
admin:privacy_legaldisclosure_delete      POST login login login login 403   403   403   403   403
admin:privacy_legaldisclosure_history     GET  login login login login 403   403   403   200   200
admin:privacy_hold_add                    GET  login login login login 403   403   403   200   200
admin:privacy_hold_add                    POST login login login login 403   403   403   200   200
admin:privacy_hold_bare                   GET  login login login login 302   302   302   302   302
admin:privacy_hold_change                 GET  login login login login 403   403   403   200   200
admin:privacy_hold_change                 POST login login login login 403   403   403   403   403
admin:privacy_hold_changelist             GET  login login login login 403   403   403   200   200
admin:privacy_hold_delete                 GET  login login login login 403   403   403   403   403
admin:privacy_hold_delete                 POST login login login login 403   403   403   403   403
admin:privacy_hold_history                GET  login login login login 403   403   403   200   200
admin:privacy_ledgerentry_add             GET  login login login login 403   403   403   403   403
admin:privacy_ledgerentry_add             POST login login login login 403   403   403   403   403
admin:privacy_ledgerentry_bare            GET  login login login login 302   302   302   302   302
admin:privacy_ledgerentry_change          GET  login login login login 403   403   403   200   200
admin:privacy_ledgerentry_change          POST login login login login 403   403   403   403   403
admin:privacy_ledgerentry_changelist      GET  login login login login 403   403   403   200   200
admin:privacy_ledgerentry_delete          GET  login login login login 403   403   403   403   403
admin:privacy_ledgerentry_delete          POST login login login login 403   403   403   403   403
admin:privacy_ledgerentry_history         GET  login login login login 403   403   403   200   200
admin:privacy_outgoingmail_add            GET  login login login login 403   403   403   403   403
admin:privacy_outgoingmail_add            POST login login login login 403   403   403   403   403
admin:privacy_outgoingmail_bare           GET  login login login login 302   302   302   302   302
admin:privacy_outgoingmail_change         GET  login login login login 200   403   403   403   200
admin:privacy_outgoingmail_change         POST login login login login 403   403   403   403   403
admin:privacy_outgoingmail_changelist     GET  login login login login 200   403   403   403   200
admin:privacy_outgoingmail_delete         GET  login login login login 403   403   403   403   403
admin:privacy_outgoingmail_delete         POST login login login login 403   403   403   403   403
admin:privacy_outgoingmail_history        GET  login login login login 200   403   403   403   200
admin:privacy_recipientnotice_add         GET  login login login login 403   403   403   403   403
admin:privacy_recipientnotice_add         POST login login login login 403   403   403   403   403
admin:privacy_recipientnotice_bare        GET  login login login login 302   302   302   302   302
admin:privacy_recipientnotice_change      GET  login login login login 200   403   403   200   200
admin:privacy_recipientnotice_change      POST login login login login 403   403   403   403   403
admin:privacy_recipientnotice_changelist  GET  login login login login 200   403   403   200   200
admin:privacy_recipientnotice_delete      GET  login login login login 403   403   403   403   403
admin:privacy_recipientnotice_delete      POST login login login login 403   403   403   403   403
admin:privacy_recipientnotice_history     GET  login login login login 200   403   403   200   200
admin:privacy_restriction_add             GET  login login login login 403   403   403   200   200
admin:privacy_restriction_add             POST login login login login 403   403   403   200   200
admin:privacy_restriction_bare            GET  login login login login 302   302   302   302   302
admin:privacy_restriction_change          GET  login login login login 403   403   403   200   200
admin:privacy_restriction_change          POST login login login login 403   403   403   403   403
admin:privacy_restriction_changelist      GET  login login login login 403   403   403   200   200
admin:privacy_restriction_delete          GET  login login login login 403   403   403   403   403
admin:privacy_restriction_delete          POST login login login login 403   403   403   403   403
admin:privacy_restriction_history         GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_add           GET  login login login login 403   403   403   403   403
admin:privacy_rightsrequest_add           POST login login login login 403   403   403   403   403
admin:privacy_rightsrequest_answer        GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_answer        POST login login login login 403   403   403   200   200
admin:privacy_rightsrequest_bare          GET  login login login login 302   302   302   302   302
admin:privacy_rightsrequest_carry_out     GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_carry_out     POST login login login login 403   403   403   302   302
admin:privacy_rightsrequest_change        GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_change        POST login login login login 403   403   403   403   403
admin:privacy_rightsrequest_changelist    GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_delete        GET  login login login login 403   403   403   403   403
admin:privacy_rightsrequest_delete        POST login login login login 403   403   403   403   403
admin:privacy_rightsrequest_extend        GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_extend        POST login login login login 403   403   403   200   200
admin:privacy_rightsrequest_history       GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_proof         GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_proof         POST login login login login 403   403   403   302   302
admin:privacy_rightsrequest_record        GET  login login login login 200   403   403   200   200
admin:privacy_rightsrequest_record        POST login login login login 200   403   403   200   200
admin:privacy_rightsrequest_withdraw      GET  login login login login 403   403   403   200   200
admin:privacy_rightsrequest_withdraw      POST login login login login 403   403   403   302   302
admin:privacy_securityevent_add           GET  login login login login 403   403   403   403   403
admin:privacy_securityevent_add           POST login login login login 403   403   403   403   403
admin:privacy_securityevent_bare          GET  login login login login 302   302   302   302   302
admin:privacy_securityevent_change        GET  login login login login 403   403   403   200   200
admin:privacy_securityevent_change        POST login login login login 403   403   403   403   403
admin:privacy_securityevent_changelist    GET  login login login login 403   403   403   200   200
admin:privacy_securityevent_delete        GET  login login login login 403   403   403   403   403
admin:privacy_securityevent_delete        POST login login login login 403   403   403   403   403
admin:privacy_securityevent_history       GET  login login login login 403   403   403   200   200
admin:privacy_sweeprun_add                GET  login login login login 403   403   403   403   403
admin:privacy_sweeprun_add                POST login login login login 403   403   403   403   403
admin:privacy_sweeprun_bare               GET  login login login login 302   302   302   302   302
admin:privacy_sweeprun_change             GET  login login login login 403   403   403   200   200
admin:privacy_sweeprun_change             POST login login login login 403   403   403   403   403
admin:privacy_sweeprun_changelist         GET  login login login login 403   403   403   200   200
admin:privacy_sweeprun_delete             GET  login login login login 403   403   403   403   403
admin:privacy_sweeprun_delete             POST login login login login 403   403   403   403   403
admin:privacy_sweeprun_history            GET  login login login login 403   403   403   200   200
admin:privacy_sweeprun_release            GET  login login login login 403   403   403   200   200
admin:privacy_sweeprun_release            POST login login login login 403   403   403   302   302
""")
