//! The clouds: separate Azures with their own regions, endpoints and addresses.

/// A cloud, by the name that the Azure CLI gives it (`az cloud list`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cloud {
    /// The public cloud.
    AzureCloud,
    /// Azure Government (United States).
    AzureUSGovernment,
    /// Azure operated by 21Vianet (China).
    AzureChinaCloud,
}

impl Cloud {
    /// Every cloud, in order.
    pub const ALL: [Cloud; 3] = [Cloud::AzureCloud, Cloud::AzureUSGovernment, Cloud::AzureChinaCloud];

    /// The name, as answers spell it.
    pub fn name(self) -> &'static str {
        match self {
            Cloud::AzureCloud => "AzureCloud",
            Cloud::AzureUSGovernment => "AzureUSGovernment",
            Cloud::AzureChinaCloud => "AzureChinaCloud",
        }
    }

    /// What host names of storage end in, after the account and the service (az cloud show, suffixes).
    pub fn storage_suffix(self) -> &'static str {
        match self {
            Cloud::AzureCloud => "core.windows.net",
            Cloud::AzureUSGovernment => "core.usgovcloudapi.net",
            Cloud::AzureChinaCloud => "core.chinacloudapi.cn",
        }
    }

    /// Reads a name, spelled exactly.
    pub fn parse(text: &str) -> Option<Cloud> {
        Cloud::ALL.into_iter().find(|cloud| cloud.name() == text)
    }
}

impl std::fmt::Display for Cloud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Cloud;

    #[test]
    fn names_come_back() {
        for cloud in Cloud::ALL {
            assert_eq!(Cloud::parse(cloud.name()), Some(cloud));
        }
        assert_eq!(Cloud::parse("azurecloud"), None);
        assert!(Cloud::ALL.is_sorted());
    }
}
