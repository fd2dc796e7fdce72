SUBSCRIPTION=00000000-0000-0000-0000-000000000000
GROUP=analytics-prod
CLUSTER=adxforecast
REPOSITORY=contoso/forecasting

# May be run again: what is there is used, or brought up to date. Needs az and gh, both signed in, jq and uuidgen.
set -euo pipefail
az account set --subscription "$SUBSCRIPTION"

# GitHub says what the subject of the repository's ID tokens begins with: its name, in newer repositories with IDs.
PREFIX=$(gh api "repos/$REPOSITORY/actions/oidc/customization/sub" |
  jq --raw-output --arg repository "$REPOSITORY" 'if .use_default == false then "" else .sub_claim_prefix // "repo:\($repository)" end')
if [ -z "$PREFIX" ]; then
  echo "$REPOSITORY has a template of its own for subjects. Run the workflow: its error shows the subject to trust." >&2
  exit 1
fi

# An application, and its trust in runs of the main branch.
NAME="$REPOSITORY sandbox image"
CLIENT_ID=$(az ad app list --filter "displayName eq '$NAME'" --query "[0].appId" --output tsv)
if [ -z "$CLIENT_ID" ]; then CLIENT_ID=$(az ad app create --display-name "$NAME" --query appId --output tsv); fi
PRINCIPAL_ID=$(az ad sp list --filter "appId eq '$CLIENT_ID'" --query "[0].id" --output tsv)
if [ -z "$PRINCIPAL_ID" ]; then PRINCIPAL_ID=$(az ad sp create --id "$CLIENT_ID" --query id --output tsv); fi
SUBJECT="${PREFIX}:ref:refs/heads/main"
CREDENTIAL=$(jq --null-input --arg subject "$SUBJECT" '{
  name: "main",
  issuer: "https://token.actions.githubusercontent.com",
  subject: $subject,
  audiences: ["api://AzureADTokenExchange"]
}')
if [ -z "$(az ad app federated-credential list --id "$CLIENT_ID" --query "[?name=='main'].id" --output tsv)" ]; then
  az ad app federated-credential create --id "$CLIENT_ID" --parameters "$CREDENTIAL"
else
  az ad app federated-credential update --id "$CLIENT_ID" --federated-credential-id main --parameters "$CREDENTIAL"
fi

# Creates a role of this name with these actions, or updates it: a tenant has each name once, for several subscriptions.
# Prints the ID of the role, which Azure knows before its name.
define_role() {
  local api='api-version=2022-04-01' found id body
  found=$(az rest --url "/providers/Microsoft.Authorization/roleDefinitions?$api&\$filter=type%20eq%20'CustomRole'" |
    jq --arg name "$1" '[.value[] | select(.properties.roleName == $name)][0] // {}')
  id=$(jq --raw-output '.name // empty' <<< "$found")
  body=$(jq --null-input --argjson found "$found" --arg name "$1" --arg scope "/subscriptions/$SUBSCRIPTION" --args '{
    properties: {
      roleName: $name,
      description: "For the action kusto-sandbox-image.",
      type: "CustomRole",
      assignableScopes: (($found.properties.assignableScopes // []) + [$scope] | unique),
      permissions: [{actions: $ARGS.positional}]
    }
  }' "${@:2}")
  az rest --method put --body "$body" --query id --output tsv \
    --url "/subscriptions/$SUBSCRIPTION/providers/Microsoft.Authorization/roleDefinitions/${id:-$(uuidgen)}?$api"
}

# What it may do on the cluster. Without the last line, it cannot delete images.
BUILDER=$(define_role "Kusto sandbox image builder" \
  "Microsoft.Kusto/Clusters/read" \
  "Microsoft.Kusto/Clusters/AddLanguageExtensions/action" \
  "Microsoft.Kusto/Clusters/SandboxCustomImages/read" \
  "Microsoft.Kusto/Clusters/SandboxCustomImages/write" \
  "Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action" \
  "Microsoft.Kusto/Clusters/SandboxCustomImages/delete")
az role assignment create --role "$BUILDER" \
  --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
  --scope "/subscriptions/$SUBSCRIPTION/resourceGroups/$GROUP/providers/Microsoft.Kusto/clusters/$CLUSTER"

# What it may do in the subscription: read the results of its operations, which show why a build failed.
READER=$(define_role "Kusto operation reader" "Microsoft.Kusto/locations/operationresults/read")
az role assignment create --role "$READER" \
  --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
  --scope "/subscriptions/$SUBSCRIPTION"

# The variables of the repository. None of them is a secret.
gh variable set AZURE_CLIENT_ID --repo "$REPOSITORY" --body "$CLIENT_ID"
gh variable set AZURE_TENANT_ID --repo "$REPOSITORY" --body "$(az account show --query tenantId --output tsv)"
gh variable set AZURE_SUBSCRIPTION_ID --repo "$REPOSITORY" --body "$SUBSCRIPTION"
