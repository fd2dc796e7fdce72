SUBSCRIPTION=00000000-0000-0000-0000-000000000000
GROUP=analytics-prod
CLUSTER=adxforecast
REPOSITORY=contoso/forecasting
TRUST=main # or environment:NAME, which gets variables of its own, or pull_request, which may only read

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
case "$TRUST" in
  main) NAME="$REPOSITORY sandbox image" SUBJECT="${PREFIX}:ref:refs/heads/main" ;;
  pull_request | environment:?*) NAME="$REPOSITORY sandbox image ${TRUST/:/ }" SUBJECT="${PREFIX}:$TRUST" ;;
  *) echo "TRUST is main, environment:NAME or pull_request." >&2 && exit 1 ;;
esac

# An application, and its trust in those runs.
CLIENT_ID=$(az ad app list --filter "displayName eq '$NAME'" --query "[0].appId" --output tsv)
if [ -z "$CLIENT_ID" ]; then CLIENT_ID=$(az ad app create --display-name "$NAME" --query appId --output tsv); fi
PRINCIPAL_ID=$(az ad sp list --filter "appId eq '$CLIENT_ID'" --query "[0].id" --output tsv)
if [ -z "$PRINCIPAL_ID" ]; then PRINCIPAL_ID=$(az ad sp create --id "$CLIENT_ID" --query id --output tsv); fi
CREDENTIAL=$(jq --null-input --arg subject "$SUBJECT" '{
  name: "github",
  issuer: "https://token.actions.githubusercontent.com",
  subject: $subject,
  audiences: ["api://AzureADTokenExchange"]
}')
if [ -z "$(az ad app federated-credential list --id "$CLIENT_ID" --query "[?name=='github'].id" --output tsv)" ]; then
  az ad app federated-credential create --id "$CLIENT_ID" --parameters "$CREDENTIAL"
else
  az ad app federated-credential update --id "$CLIENT_ID" --federated-credential-id github --parameters "$CREDENTIAL"
fi

# Creates a role with these actions, or updates it. A tenant has each name once, so it ends in the subscription.
# Prints the ID of the role, which Azure knows before its name.
define_role() {
  local api='api-version=2022-04-01' scope="/subscriptions/$SUBSCRIPTION" name="$1 $SUBSCRIPTION" id body
  id=$(az rest --url "$scope/providers/Microsoft.Authorization/roleDefinitions?$api&\$filter=type%20eq%20'CustomRole'" |
    jq --raw-output --arg name "$name" '[.value[] | select(.properties.roleName == $name)][0].name // empty')
  body=$(jq --null-input --arg name "$name" --arg scope "$scope" --args '{
    properties: {
      roleName: $name,
      description: "For the action kusto-sandbox-image.",
      type: "CustomRole",
      assignableScopes: [$scope],
      permissions: [{actions: $ARGS.positional}]
    }
  }' "${@:2}")
  az rest --method put --body "$body" --query id --output tsv \
    --url "$scope/providers/Microsoft.Authorization/roleDefinitions/${id:-$(uuidgen)}?$api"
}

if [ "$TRUST" = pull_request ]; then
  # Whoever can push a branch can change what such a run does.
  ROLE=$(define_role "Kusto sandbox image reader" \
    "Microsoft.Kusto/Clusters/read" \
    "Microsoft.Kusto/Clusters/SandboxCustomImages/read")
else
  # What it may do on the cluster. Without the last line, it cannot delete images.
  ROLE=$(define_role "Kusto sandbox image builder" \
    "Microsoft.Kusto/Clusters/read" \
    "Microsoft.Kusto/Clusters/AddLanguageExtensions/action" \
    "Microsoft.Kusto/Clusters/SandboxCustomImages/read" \
    "Microsoft.Kusto/Clusters/SandboxCustomImages/write" \
    "Microsoft.Kusto/Clusters/SandboxCustomImagesCheckNameAvailability/action" \
    "Microsoft.Kusto/Clusters/SandboxCustomImages/delete")
  # What it may do in the subscription: read the results of its operations, which show why a build failed.
  OPERATIONS=$(define_role "Kusto operation reader" "Microsoft.Kusto/locations/operationresults/read")
  az role assignment create --role "$OPERATIONS" \
    --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
    --scope "/subscriptions/$SUBSCRIPTION"
fi
az role assignment create --role "$ROLE" \
  --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
  --scope "/subscriptions/$SUBSCRIPTION/resourceGroups/$GROUP/providers/Microsoft.Kusto/clusters/$CLUSTER"

# The variables of the repository, or of its environment. None of them is a secret.
ID_VARIABLE=AZURE_CLIENT_ID
WHERE=(--repo "$REPOSITORY")
case "$TRUST" in
  pull_request) ID_VARIABLE=AZURE_PLAN_CLIENT_ID ;;
  environment:*) WHERE+=(--env "${TRUST#environment:}") ;;
esac
gh variable set "$ID_VARIABLE" "${WHERE[@]}" --body "$CLIENT_ID"
gh variable set AZURE_TENANT_ID "${WHERE[@]}" --body "$(az account show --query tenantId --output tsv)"
gh variable set AZURE_SUBSCRIPTION_ID "${WHERE[@]}" --body "$SUBSCRIPTION"
gh variable set KUSTO_RESOURCE_GROUP "${WHERE[@]}" --body "$GROUP"
gh variable set KUSTO_CLUSTER "${WHERE[@]}" --body "$CLUSTER"
