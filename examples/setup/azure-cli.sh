SUBSCRIPTION=00000000-0000-0000-0000-000000000000
GROUP=analytics-prod
CLUSTER=adxforecast
REPOSITORY=contoso/forecasting

# An application, and its trust in runs of the main branch. GitHub says what the subject of its ID tokens begins with: the
# name of the repository, in newer repositories with IDs.
SUBJECT=$(gh api "repos/$REPOSITORY/actions/oidc/customization/sub" --jq ".sub_claim_prefix // \"repo:$REPOSITORY\"")
CLIENT_ID=$(az ad app create --display-name "$REPOSITORY sandbox image" --query appId --output tsv)
PRINCIPAL_ID=$(az ad sp create --id "$CLIENT_ID" --query id --output tsv)
az ad app federated-credential create --id "$CLIENT_ID" --parameters '{
  "name": "main",
  "issuer": "https://token.actions.githubusercontent.com",
  "subject": "'"$SUBJECT"':ref:refs/heads/main",
  "audiences": ["api://AzureADTokenExchange"]
}'

# What it may do on the cluster. Without the last line, it cannot delete images.
az role definition create --role-definition '{
  "Name": "Kusto sandbox image builder", "AssignableScopes": ["/subscriptions/'"$SUBSCRIPTION"'"],
  "Description": "Builds, activates and deletes sandbox custom images of a Kusto cluster.",
  "Actions": [
    "Microsoft.Kusto/Clusters/read",
    "Microsoft.Kusto/Clusters/AddLanguageExtensions/action",
    "Microsoft.Kusto/Clusters/SandboxCustomImages/read",
    "Microsoft.Kusto/Clusters/SandboxCustomImages/write",
    "Microsoft.Kusto/Clusters/SandboxCustomImages/delete"
  ]}'
az role assignment create --role "Kusto sandbox image builder" \
  --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal \
  --scope "/subscriptions/$SUBSCRIPTION/resourceGroups/$GROUP/providers/Microsoft.Kusto/clusters/$CLUSTER"

# What it may do in the subscription: read the results of its operations, which show why a build failed.
az role definition create --role-definition '{
  "Name": "Kusto operation reader", "AssignableScopes": ["/subscriptions/'"$SUBSCRIPTION"'"],
  "Description": "Reads the results of Kusto operations.",
  "Actions": ["Microsoft.Kusto/locations/operationresults/read"]}'
az role assignment create --role "Kusto operation reader" --scope "/subscriptions/$SUBSCRIPTION" \
  --assignee-object-id "$PRINCIPAL_ID" --assignee-principal-type ServicePrincipal

# The variables of the repository. None of them is a secret.
gh variable set AZURE_CLIENT_ID --repo "$REPOSITORY" --body "$CLIENT_ID"
gh variable set AZURE_TENANT_ID --repo "$REPOSITORY" --body "$(az account show --query tenantId --output tsv)"
gh variable set AZURE_SUBSCRIPTION_ID --repo "$REPOSITORY" --body "$SUBSCRIPTION"
