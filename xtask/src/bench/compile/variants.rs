//! The ways to declare the same struct, and the source that declares it many times.

/// How many structs each generated crate has.
pub(super) const STRUCTS: usize = 200;

/// A way to declare a struct of ten fields: what it needs, and the attributes it puts where.
pub(super) struct Variant {
    pub(super) name: &'static str,
    /// The package that is generated for it.
    pub(super) package: &'static str,
    /// The dependency, where `{root}` is the top folder of the workspace. The peers are pinned, so that
    /// ratios of different days can be compared.
    pub(super) dependency: &'static str,
    /// What stands in the file once.
    once: &'static str,
    /// What stands on each struct beside `Debug` and `Clone`.
    on_struct: &'static str,
    on_required: &'static str,
    on_operand: &'static str,
    on_flag: &'static str,
    on_optional: &'static str,
    on_list: &'static str,
    on_count: &'static str,
}

/// The structs alone: what every other variant is compared with.
pub(super) const PLAIN: Variant = Variant {
    name: "plain structs",
    package: "bench-plain",
    dependency: "",
    once: "",
    on_struct: "",
    on_required: "",
    on_operand: "",
    on_flag: "",
    on_optional: "",
    on_list: "",
    on_count: "",
};

pub(super) const CUPRUM: Variant = Variant {
    name: "cuprum",
    package: "bench-cuprum",
    dependency: "cuprum = { package = \"cuprum-core\", path = '{root}/cuprum-core' }",
    once: "#[derive(cuprum::Program)]\n#[program(separator = \"--\")]\npub struct Tool;",
    on_struct: "#[derive(cuprum::Command)]\n#[command(program = Tool)]",
    on_operand: "#[arg(positional)]",
    on_count: "#[arg(short, count)]",
    ..PLAIN
};

const WITHOUT_BUILDER: Variant = Variant {
    name: "cuprum, builder = false",
    package: "bench-cuprum-without-builder",
    on_struct: "#[derive(cuprum::Command)]\n#[command(program = Tool, builder = false)]",
    ..CUPRUM
};

pub(super) const BON: Variant = Variant {
    name: "bon",
    package: "bench-bon",
    dependency: "bon = \"=3.10.3\"",
    on_struct: "#[derive(bon::Builder)]",
    on_required: "#[builder(into)]",
    on_operand: "#[builder(into)]",
    on_flag: "#[builder(default)]",
    on_optional: "#[builder(into)]",
    on_list: "#[builder(default)]",
    on_count: "#[builder(default)]",
    ..PLAIN
};

const TYPED_BUILDER: Variant = Variant {
    name: "typed-builder",
    package: "bench-typed-builder",
    dependency: "typed-builder = \"=0.23.2\"",
    on_struct: "#[derive(typed_builder::TypedBuilder)]",
    on_required: "#[builder(setter(into))]",
    on_operand: "#[builder(setter(into))]",
    on_flag: "#[builder(setter(strip_bool))]",
    on_optional: "#[builder(default, setter(into, strip_option))]",
    on_list: "#[builder(default)]",
    on_count: "#[builder(default)]",
    ..PLAIN
};

const CLAP: Variant = Variant {
    name: "clap Parser",
    package: "bench-clap",
    dependency: "clap = { version = \"=4.6.7\", features = [\"derive\"] }",
    on_struct: "#[derive(clap::Parser)]",
    on_required: "#[arg(long)]",
    on_flag: "#[arg(long)]",
    on_optional: "#[arg(long)]",
    on_list: "#[arg(long)]",
    on_count: "#[arg(short, action = clap::ArgAction::Count)]",
    ..PLAIN
};

/// Every variant, in the order of the table.
pub(super) const VARIANTS: &[Variant] = &[PLAIN, CUPRUM, WITHOUT_BUILDER, BON, TYPED_BUILDER, CLAP];

impl Variant {
    /// Returns the source of the generated crate.
    pub(super) fn source(&self) -> String {
        let fields = [
            (self.on_required, "source: String"),
            (self.on_operand, "target: std::path::PathBuf"),
            (self.on_flag, "quiet: bool"),
            (self.on_flag, "bare: bool"),
            (self.on_flag, "no_tags: bool"),
            (self.on_optional, "branch: Option<String>"),
            (self.on_optional, "depth: Option<u32>"),
            (self.on_optional, "reference: Option<std::path::PathBuf>"),
            (self.on_list, "config: Vec<String>"),
            (self.on_count, "verbose: u8"),
        ];
        let fields: String =
            fields.iter().map(|(on, field)| format!("    {on}\n    pub {field},\n")).collect();
        let mut source = format!("//! Generated to be measured.\n\n{}\n", self.once);
        for number in 0..STRUCTS {
            let on = self.on_struct;
            source.push_str(&format!(
                "\n#[derive(Debug, Clone)]\n{on}\npub struct S{number:03} {{\n{fields}}}\n"
            ));
        }
        source
    }
}

#[cfg(test)]
mod tests {
    use super::{PLAIN, STRUCTS, VARIANTS};

    #[test]
    fn all_variants_declare_the_same_fields() {
        let declared = |source: &str| -> Vec<String> {
            let lines = source.lines().map(str::trim);
            lines
                .filter(|line| line.starts_with("pub ") && !line.contains("Tool"))
                .map(str::to_owned)
                .collect()
        };
        let plain = declared(&PLAIN.source());
        assert_eq!(plain.len(), STRUCTS * 11);
        for variant in VARIANTS {
            assert_eq!(declared(&variant.source()), plain, "{}", variant.name);
        }
    }
}
