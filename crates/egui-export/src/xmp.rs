//! What a picture says about itself as XMP, the form in which agencies and picture archives read
//! author and rights.

use crate::metadata::{Metadata, UtcDateTime};
use crate::svg::xml::{element, escape};

/// A packet of XMP; empty where there is nothing to say.
pub(crate) fn packet(metadata: &Metadata) -> String {
    let mut said = String::new();
    alternatives(&mut said, "dc:title", &metadata.title);
    alternatives(&mut said, "dc:description", &metadata.description);
    if !metadata.author.is_empty() {
        said.push_str("<dc:creator><rdf:Seq><rdf:li>");
        escape(&mut said, &metadata.author);
        said.push_str("</rdf:li></rdf:Seq></dc:creator>");
    }
    said.push_str(&rights(&metadata.rights));
    let created = metadata.created().map(UtcDateTime::iso).unwrap_or_default();
    for (name, text) in [
        ("dc:source", &metadata.source),
        ("xmp:CreatorTool", &metadata.software),
        ("xmp:CreateDate", &created),
    ] {
        element(&mut said, name, text);
    }
    if said.is_empty() {
        return said;
    }
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">{said}</rdf:Description></rdf:RDF>\
         </x:xmpmeta><?xpacket end=\"r\"?>"
    )
}

/// What may be done with the picture, as an element of XMP; empty where nothing is said.
pub(crate) fn rights(rights: &str) -> String {
    let mut out = String::new();
    alternatives(&mut out, "dc:rights", rights);
    out
}

/// Append a text in its one language, as XMP has texts that may be translated.
fn alternatives(out: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    out.push_str(&format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">"));
    escape(out, text);
    out.push_str(&format!("</rdf:li></rdf:Alt></{name}>"));
}
