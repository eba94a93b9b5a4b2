//! The closed vocabularies. Sources: ATOP codebook (obligations), 22 CFR 181.2 (legal character),
//! IATI (flows), the G7 Research Group's and PolitiFact's practice of rating with evidence
//! (status).

use super::chart_vocabulary::*;
use super::query::{CountScope, VoiceScope};
use super::schema::{Vocabulary, VocabularyTerm, vocabulary};

vocabulary! {
    /// What a party is.
    pub enum PartyKind "party kind" {
        State "state" "A country; give its ISO 3166-1 alpha-3 code.";
        Organization "organization" "A body with a standing of its own, public or private.";
        Command "military command" "A command of armed forces.";
        Office "office" "A post or department of a government.";
        Person "person" "Somebody who speaks or signs.";
        Region "region" "A group of countries named by where they lie.";
        Grouping "grouping" "Parties that act together under one name, such as an alliance.";
    }
}

vocabulary! {
    /// What a document is.
    pub enum DocumentKind "document kind" {
        Treaty "treaty" "An agreement in written form, governed by international law.";
        JointDeclaration "joint declaration" "Two or more governments declare something together.";
        JointStatement "joint statement" "A statement issued together.";
        Principles "principles" "Rules of conduct that governments set out together.";
        MinistersVision "ministers' vision" "Ministers set out where their policy should go.";
        Communique "communiqué" "The agreed record of a meeting.";
        Editorial "editorial" "The opinion of a publication or broadcaster.";
        Boilerplate "boilerplate" "An organization's standing description of itself.";
        Speech "speech" "Somebody's spoken words.";
        Strategy "strategy" "A government's own published strategy.";
        NewsReport "news report" "Reporting by a news organization.";
        OfficialPage "official page" "A page of a government or command.";
    }
}

vocabulary! {
    /// What law says of a document.
    pub enum LegalCharacter "legal character" {
        LegallyBinding "legally binding" "Binding under international law.";
        PoliticalNonBinding "political, expressly non-binding" "The text says that it creates no \
            legal obligation.";
        PoliticalInferred "political, inferred" "Nothing in the text says that it binds; read as \
            political.";
        NationalPolicy "national policy" "One government's own policy.";
        NoCharacter "none" "Not an act of a government, such as an editorial.";
        Undetermined "undetermined" "Not yet settled.";
    }
}

vocabulary! {
    /// Who speaks where the cited words stand.
    pub enum Voice "voice" {
        Document "the document" "The document in its own name.";
        Quoted "quoted person" "Somebody's words in quotation marks.";
        Paraphrased "paraphrased person" "Somebody's words as the author reports them.";
        Editorial "editorial" "The editorial's own claim.";
        Boilerplate "boilerplate" "An organization's standing description of itself.";
    }
}

vocabulary! {
    /// What kind of statement a commitment is.
    pub enum StatementMode "mode" {
        FutureAction "future action" "An act that is still to come.";
        Continuing "continuing" "Something done now that will go on.";
        Practice "practice" "What is done as a matter of course.";
        Readiness "readiness" "Standing ready to act.";
        Recital "recital" "Recalls an older promise.";
        Inclusion "inclusion" "Part of another commitment: \"including by …\".";
        Objective "objective" "An aim that is stated without an act.";
        Purpose "purpose" "What a document is for.";
        Aspiration "aspiration" "A hope or belief of one speaker.";
        Recommendation "recommendation" "Says what should be.";
    }
}

vocabulary! {
    /// What is promised: the five ATOP codes for treaties, then the extension for political texts.
    pub enum Obligation "obligation" {
        Defense "defense" "ATOP: come to the aid of a party that is attacked.";
        Offense "offense" "ATOP: join in an attack.";
        Neutrality "neutrality" "ATOP: stay out of a conflict.";
        Nonaggression "nonaggression" "ATOP: refrain from force against each other.";
        Consultation "consultation in a crisis" "ATOP: consult when a crisis arises.";
        DeterrenceAssurance "deterrence assurance" "Uphold extended deterrence.";
        RoutineConsultation "routine consultation" "Talk regularly; not ATOP consultation.";
        Planning "planning" "Plan together.";
        Exercises "exercises" "Train and exercise together.";
        Capability "capability" "Build or improve forces.";
        CommandArrangement "command arrangement" "Who commands, and when that passes.";
        MissileDefense "missile defense" "Defend against missiles.";
        IndustryAndSupplyChain "industry and supply chain" "Cooperate in arms industry and supply.";
        Technology "technology" "Cooperate in science and technology.";
        ForcePresence "force presence" "Station or support forces.";
        RegionalSecurity "regional security" "Contribute to the security of a region.";
        ThirdPartyCooperation "third-party cooperation" "Cooperate with others beyond the pair.";
        InstitutionBuilding "institution building" "Create or change bodies.";
        Financial "financial" "Pay or invest.";
        ValuesAndOrder "values and order" "Uphold values, rules or an order.";
    }
}

vocabulary! {
    /// What a body is.
    pub enum BodyKind "body kind" {
        ConsultativeGroup "consultative group" "Consults on policy at a high level.";
        WorkingGroup "working group" "Works on one subject.";
        Dialogue "dialogue" "Regular talks.";
        Committee "committee" "A standing committee.";
        MinisterialMeeting "ministerial meeting" "Ministers meet.";
        Command "command arrangement" "An arrangement of command.";
        OtherBody "other body" "None of the others.";
    }
}

vocabulary! {
    /// What an instrument is.
    pub enum InstrumentKind "instrument kind" {
        Treaty "treaty" "An agreement under international law.";
        Declaration "declaration" "Declared by heads of state or government.";
        Principles "principles" "Agreed rules of conduct.";
        Strategy "strategy" "A strategy of one or more governments.";
        Plan "plan" "A plan of action.";
        Process "process" "A course of steps, such as a transition.";
        Summit "summit" "A meeting that documents refer to as one act.";
        System "system" "A system of forces or of command.";
        Program "program" "A program of procurement or development.";
    }
}

vocabulary! {
    /// What a stated number is.
    pub enum FigureKind "figure kind" {
        Count "count" "How many.";
        Money "money" "An amount in a currency.";
        Rank "rank" "A place in an order; never a bar.";
        Date "date" "A date that is stated.";
        Duration "duration" "How long.";
        Ordinal "ordinal" "An anniversary or the like.";
        Identifier "identifier" "A number that is a name, such as B-21; never a bar.";
    }
}

vocabulary! {
    /// What a stated number is of its quantity: the quantity itself, or what has been worked out
    /// from it against a base.
    pub enum FigureMeasure "measure" {
        Level "level" "How much or how many there is, or was in a period.";
        Change "change" "By how much it rose, or fell where it is negative. Needs its base: \
            since when.";
        PercentChange "change in percent" "The same as a percentage of what there was before. \
            Needs its base: since when.";
        Percent "percent" "A share of a whole, in hundredths. Needs its base: of what.";
        Rate "rate" "So much for each of something else. Needs its base: per what.";
        Ratio "ratio" "How many times another number. Needs its base: of which.";
        Index "index" "A number on a scale on which a base period or a base country is 100. Needs \
            its base: which.";
    }
}

impl FigureMeasure {
    /// Whether numbers of this measure may be added to others of it: percentages of different
    /// wholes, rates, ratios and indexes add up to nothing.
    pub fn is_additive(self) -> bool {
        matches!(self, FigureMeasure::Level | FigureMeasure::Change)
    }

    /// Whether it may be below zero whatever it counts.
    pub fn is_signed(self) -> bool {
        self != FigureMeasure::Level
    }
}

vocabulary! {
    /// Where money stands between promise and payment (IATI transaction types).
    pub enum MoneyFlow "flow" {
        Pledge "pledge" "Announced.";
        Commitment "commitment" "Firmly committed; not yet paid.";
        Allocation "allocation" "Set aside.";
        Disbursement "disbursement" "Paid.";
        Stock "stock" "What is there at a point in time.";
    }
}

vocabulary! {
    /// How sure the source is of a figure.
    pub enum Certainty "certainty" {
        Stated "stated" "Stated without a hedge.";
        Hedged "hedged" "Stated with a hedge.";
        Derived "derived" "Worked out from what is stated.";
    }
}

vocabulary! {
    /// Where a date comes from.
    pub enum DateBasis "basis" {
        Stated "stated" "The cited document states it.";
        Derived "derived" "Worked out; the arithmetic is given.";
        External "external" "From another source, which is cited.";
    }
}

vocabulary! {
    /// How far a commitment has been met.
    pub enum FulfillmentStatus "status" {
        NotAssessed "not assessed" "Nobody has looked yet.";
        NoEvidence "no evidence found" "Somebody looked and found none.";
        InProgress "in progress" "Steps have been taken.";
        Stalled "stalled" "Steps have stopped.";
        PartlyFulfilled "partly fulfilled" "Some of it is done.";
        Fulfilled "fulfilled" "It is done.";
        Reversed "reversed" "It was done and undone, or renounced.";
        NotVerifiable "not verifiable as worded" "No evidence could settle it.";
    }
}

impl FulfillmentStatus {
    /// Whether an assessment with this status must cite something: a finding needs its evidence,
    /// that nobody has looked or found any does not.
    pub fn needs_evidence(self) -> bool {
        !matches!(
            self,
            FulfillmentStatus::NotAssessed | FulfillmentStatus::NoEvidence
        )
    }
}

vocabulary! {
    /// What became of a commitment's words since an earlier document.
    pub enum WordingChange "change" {
        New "new" "Not in the earlier document.";
        Repeated "repeated" "In the same words.";
        Reworded "reworded" "In other words of the same strength.";
        Strengthened "strengthened" "In firmer words.";
        Weakened "weakened" "In weaker words.";
        Dropped "dropped" "In the earlier document only: stands at the earlier commitment, against \
            the later document.";
        Restored "restored" "Back after it had been dropped.";
    }
}

vocabulary! {
    /// How far a document has been coded: what a missing record says.
    pub enum CodingExtent "extent of coding" {
        Whole "coded through" "Every sentence has a record, or is dismissed with a reason.";
        Subjects "coded for some subjects" "Coded through for the subjects in `coded_for`, and for \
            no others.";
        Excerpts "coded in part" "Only passages are coded; what is missing here may stand in the \
            document.";
    }
}

vocabulary! {
    /// Why a sentence yields no record.
    pub enum DismissalReason "reason for a dismissal" {
        Judgment "judgment" "Praise, blame, or a view of how things are.";
        PastAchievement "past achievement" "What has been done; no promise.";
        Effect "predicted effect" "What something is said to bring about.";
        Purpose "purpose" "What something is meant for.";
        Attribution "others' doings" "What others do, say or intend, without a record of its own.";
        Description "description" "A background fact without promise, number or date.";
        Ceremony "ceremony" "Who met whom, thanks, greetings.";
        Repetition "repetition" "Says again what another record of the document says.";
        OutOfScope "out of scope" "Beyond the subjects of the register.";
        Other "another reason" "The note says which.";
    }
}

vocabulary! {
    /// What a word tells somebody who reads a text for commitments.
    pub enum CueKind "kind of cue" {
        Hedge "hedge" "Softens a commitment and does not change its step.";
        Negation "negation" "What follows is denied.";
        Attribution "attribution" "What follows is somebody else's word or intention.";
        Purpose "purpose" "What follows is what something is for.";
        Effect "effect" "What follows is what something is said to bring about.";
        Past "past achievement" "What follows has been done already.";
        Inclusion "inclusion" "What follows is part of the commitment before it.";
        Promise "promise" "A promise in words that no step of the ladder has.";
        Recital "recital" "Recalls an older promise.";
        Objective "objective" "States an aim without an act.";
        Action "verb of action" "Behind a comma or \"and\" an act of its own under the verb before \
            it.";
        Between "word in between" "May stand inside a verb: \"will also continue to\".";
        Concern "concern" "What follows is a threat or a worry.";
        Unit "unit" "Makes the number before it a figure.";
        Committer "committer" "Stands for the parties that speak.";
    }
}

/// Every vocabulary: its title and its words.
pub fn all_vocabularies() -> Vec<(&'static str, &'static [VocabularyTerm])> {
    fn one<V: Vocabulary>() -> (&'static str, &'static [VocabularyTerm]) {
        (V::TITLE, V::TERMS)
    }
    vec![
        one::<PartyKind>(),
        one::<DocumentKind>(),
        one::<LegalCharacter>(),
        one::<Voice>(),
        one::<StatementMode>(),
        one::<Obligation>(),
        one::<BodyKind>(),
        one::<InstrumentKind>(),
        one::<FigureKind>(),
        one::<FigureMeasure>(),
        one::<MoneyFlow>(),
        one::<Certainty>(),
        one::<DateBasis>(),
        one::<FulfillmentStatus>(),
        one::<WordingChange>(),
        one::<CodingExtent>(),
        one::<DismissalReason>(),
        one::<CueKind>(),
        one::<MarkKind>(),
        one::<RecordList>(),
        one::<Aggregate>(),
        one::<DerivedMeasure>(),
        one::<ScaleKind>(),
        one::<Arrangement>(),
        one::<OrderBy>(),
        one::<AxisName>(),
        one::<CountScope>(),
        one::<VoiceScope>(),
        one::<ImageFormat>(),
        one::<ImageStyle>(),
        one::<NumberStyle>(),
        one::<EvidenceScope>(),
    ]
}
