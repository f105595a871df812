//! Checks what fields say of each other: what they require and exclude, and the variables that they set.

use syn::LitStr;

use crate::errors::Errors;
use crate::model::{Field, Form};
use crate::suggest::suggest;

/// A variable holds the value of one field.
pub(super) fn variables(fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<(String, &Field)> = Vec::new();
    for field in fields {
        let Form::Variable(name, _) = &field.form else { continue };
        match seen.iter().find(|(earlier, _)| *earlier == name.value()) {
            Some((_, earlier)) => {
                errors
                    .on(name, format!("the variable `{}` is that of field `{}`", name.value(), earlier.name));
            }
            None => seen.push((name.value(), field)),
        }
    }
}

/// Reports what fields say of each other that cannot be.
pub(super) fn rules(fields: &[Field], errors: &mut Errors) {
    for field in fields {
        for other in &field.conflicts {
            if let Some(both) = field.requires.iter().find(|both| both.value() == other.value()) {
                let message = format!("`{}` both requires and excludes `{}`", field.name, other.value());
                errors.on(both, message);
            }
        }
        let rules = [("conflicts", &field.conflicts), ("requires", &field.requires)];
        for (rule, others) in rules {
            for other in others {
                rule_of(field, rule, other, fields, errors);
            }
        }
        if !field.conflicts.is_empty() && is_always_set(field) {
            errors.on(&field.ident, format!("`{}` is always given, so it cannot conflict", field.name));
        }
    }
}

fn rule_of(field: &Field, rule: &str, other: &LitStr, fields: &[Field], errors: &mut Errors) {
    let name = other.value();
    if name == field.name {
        errors.on(other, format!("`{rule}` names another field, not the field itself"));
        return;
    }
    match fields.iter().find(|field| field.name == name) {
        None => {
            let known: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            errors.on(other, format!("no field named `{name}`{}", suggest(&name, &known)));
        }
        Some(other_field) if other_field.is_unread => {}
        Some(other_field) => match other_field.form {
            Form::Skip | Form::Subcommand(_) | Form::Group(_) => {
                errors.on(other, format!("`{name}` is no single argument, so `{rule}` cannot name it"));
            }
            _ if rule == "conflicts" && is_always_set(other_field) => {
                errors.on(other, format!("`{name}` is always given, so nothing can conflict with it"));
            }
            _ => {}
        },
    }
}

fn is_always_set(field: &Field) -> bool {
    field.required || field.default.is_some()
}
