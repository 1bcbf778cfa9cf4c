"""Common English words: with a capital they begin a sentence or stand in a heading, and name nothing."""

_WORDS = """
a abilities ability able about above abstract abuse academic accelerate acceleration accept access accessible
accompanying accordance according account accuracy accurate accurately achieve achieved achieves achieving
acknowledgements across act actions activate activated activation active actively actors actual adapted add
added adding addition additional additionally address addressing adjust adjusted administrative adopt adopted
adoption advance advanced advancement advancements advancing advantages adversarial advertisement after
afternoon against agency agent agentic agents ahead aim aimed aiming aims algorithm algorithmic algorithms align
aligned aligning alignment all alliance allow allowing allows almost along alongside already also alternative
although always american amid among amount amounts an analysis analyzing and annex annotation announce announced
announcement announcing annual another answer answering answers any anyone appear appendix applicable
application applications applied applies apply applying approach approaches appropriate approved approximately
apps april arbitrary architectural architecture architectures are area areas around array art article artifacts
as ask asked asks aspect aspects assess assessed assessing assessment assessments asset assets assistant
assistants associated at attack attacks attempt attempting attention attorney audience audio augmented august
author authorities authority automated automatic automatically automation autonomous autonomy autoregressive
available average averaged avoid avoiding aware back backer backers background backgrounds bad balance ban bank
banks base based baseline basic basis batch be because become becomes been before begin beginning behavior
behaviors behind being believe believes below benchmark benchmarks benefit benefits benign besides best beta
better between beyond bias biased biases big biggest bill billion binding biological block blocks blog books
boost borderline both boundaries bounty box branch brief bring brings british broad broader broadly browser
budget bug build building builds built business businesses but by call called calling calls can cannot
capabilities capability capable capacity card cards care careers careful carefully carry case cases cash
categories causal cause centers century ceo certain chairman challenge challenges challenging change changes
channel chapter character chart charts chat check checkpoint checkpoints chemical chief child children chinese
choice choose chose citations cite city civil classification classifiers clause clear click clients climate
clone cloning closed closely closer cloud code codebase codebases codes coding cofounder coherence collaboration
collected collection combination combine combined combining come comes coming command commands comment comments
commercial commission commit committed committee common communication communities community compact companies
company comparable compare compared comparing comparison compatible compelling competitive complete completed
completion complex compliance comply composed comprehension comprehensive compression comprising computation
computational compute computer computing concepts concerns conclusion conditions conduct conducted conducting
confident config configs configuration configurations configured congress consent consider considerable
considered consistency consistent consistently consists consortiums constraints consumer consumption contact
contain containing contains content contents context contexts contextual continue continued continuing
continuous continuously contribute contributing contributions control controls conventional conversation
conversational conversations convert converted cookies copy copyright core corpus correct correctly
corresponding cost costs could council count country counts county court cover coverage covered covering covers
create created creates creating creation creative creatives critical crucial cumulative curated current
currently custom customer customers cutoff cyber cybersecurity data databases dataset datasets date day days
deal deals debt debugging decade december decision decisions decoder decoding dedicated deep deeper default
define defined defines defining degradation deliver delivering delivers demand demo demonstrate demonstrated
demonstrates demonstrating demonstration denominator dense department departments dependencies depending depends
deploy deployed deployers deploying deployment deployments depth derivatives derived described description
design designed desired despite detailed details detect detection determine deterministic develop developed
developer developers developing development devices dialects dialogue did difference different difficulty
digital dignity dimension dimensions direct direction directive directly director directory discovering
discussed discussion dissemination distillation distinct distributed distribution district diverse diversity do
doctor doctors document documentation documents does doing dollar dollars domain domains done down download
downloaded downloading downstream drive driver due during dynamic dynamics each earlier early earnings easier
easily east eastern easy economic ecosystem edge edit editing editor effect effective effectively effectiveness
efficiency efficient efficiently effort efforts eight either electricity elements elevate eleven email
embeddings emerging emissions emphasis employ employed employee employees employs empower enable enables
enabling enacted encoded encoder encoding encourage encouraged encouraging end energy enforcement engage
engagement engaging engine engineering engines enhance enhanced enhancement enhancements enhances enhancing
enough ensure ensuring enterprise entire entities environment environments episode equal equity equivalent error
errors especially established establishes establishing estimate etc ethical ethics euro european euros eval
evals evaluate evaluated evaluating evaluation evaluations even evening ever every everyone exact example
examples exceed exceeding excellent excelling excels except exceptional exceptionally excited execute executing
execution exercises exhibit exhibits existing expand expanded expect expected expensive experience experiences
experiment experimental experiments expert expertise experts explicit explicitly exploit exploration explore
exploring export expression extend extended extending extensive external extra extract extracting extraction
extremely facilitate facilitating fact factor factors factual fair false family fast faster fastest feature
features featuring february federal feedback feel fellowship few fewer field fields figure file files filing
filter filtered filtering final finally finance financial find finding findings fine finetune finetuned
finetuning firm firms first five flagship flexibility flexible flow focus focused focusing folder follow
followed following follows footprint for force form format formats forms forward foster fostering found
foundation foundational founder founders four framework frameworks free french friday from frontier full fully
function functional functionality functions fund fundamental funds further furthermore fusion future gains gap
general generalization generally generate generated generates generating generation generations generative
geographic german get gets getting giant giants give given gives global go goal goals goes good got governance
governed government great greater greatly ground grounding grouped groups growing growth guardrails guidance
guidelines hacking had half handle handles handling harder hardest hardware harm harmful harms harness has have
having he head headline headlines healthcare heavily help helpful helpfulness helping her here hidden hide high
higher highlights highly his hope how however human humans hundred hundreds hybrid i ideal ideas identified
identify identifying if illegal image images impact implement implementation implemented implementing implements
import important impressive improve improved improvement improvements improves improving in inaccurate include
included includes including inclusivity income incorporate incorporates incorporating incorrect increase
increased increasing incurred independent independently indian indicate indicates individual individuals
industries industry inference inform information infrastructure inherent initial innovation innovative input
inputs insertion insights install installation installed installing instance instances instead instruct
instructed instruction instructions integrate integrated integrates integrating integration integrations
integrity intelligence intelligent intended interact interaction interactions interactive interest interested
interests interface interleaved intermediate internal international interpret intervention interview into
introduce introduced introduces introducing introduction investigated investment investor investors involved
involving is issue issued issues it item iteration its itself january japanese join jointly judge judgment july
june just keep keeping key know knowledge known knows korean language languages large larger largest last late
latency later latest launch launched launching law laws lawyer lawyers layer layers lead leader leaders leading
leads leap learn learned learning learnings least led legal legislation legitimate length lengths less level
levels leverage leveraged leveraging libraries library licence license licensed light lightweight like likely
limit limitations limited limits line linear linguistic link links list listed live load loading local
localization locally logic logical login long longer look looking loss losses low lower machine made main
maintain maintained maintaining maintains major majority make maker makers makes making malicious management
manager managing manipulation manner manual many mapping march margin margins marked market markets marks
massive match matched matches matching material math mathematical mathematics matrix maximum may me meaning
meaningful meaningfully means meant meanwhile measured measures mechanism mechanisms meet member members memory
men merged message messages method methodologies methodology methods meticulously metric metrics might million
millions mind minimal minimize minimum minister ministry misuse mitigate mitigated mitigating mitigations mix
mixing mixture mobile modalities mode model modeling models modes modifications modified monday monitoring month
months more moreover morning most mostly move much multilingual multimodal multiple must my name named names
nation nations native natively natural nature navigate near nearly necessary need needed needs net network
neural new newly news newsletter next night nine no noise none nor normal normativity north northern not notable
notably note novel november now nuanced nuances null number numbers numerical object objectionable objective
objectives objects obligations observe observed obtained october of off offensive offer offered offering offers
officer official officially offline often ok old older on once one ones ongoing online only open openly openness
opensource operate operating operation operations operators optimal optimization optimizations optimize
optimized optimizer option optional options or order orders organization organizations original originally other
others otherwise our out outcomes outlined outlines outperform outperforming outperforms output outputs over
overall overhead overview own package packages page pages pairs paper papers par paragraph parallel parallelism
parameter parameters parliament part particular particularly partner partnered partners partnership parts pass
passed passionate past paste path paths patient patients patterns peak penalties people per percent perception
perform performance performed performing performs period person personal perspectives photo pipeline place plan
planning platform platforms play player players playing please podcast point points policies popular pose
position possibilities possible post potential potentially pounds power powerful practical practice practices
precise precision predecessor predict predicted prediction preference preferences preparation prepare preprint
present presented presents president pretrained pretraining prevent preventing preview previous previously price
pricing primarily primary principles prior privacy private problem problematic problems procedure process
processes processing produce produced produces producing product production products professional professor
proficiency profile profit profits program programming progress prohibited project projects proliferation
promote promoting prompt prompting prompts properties propose proposed proprietary protections proud provide
provided providers provides providing province provisions public publicly published pull purpose purposes push
put quality quantization quantized quarter queries query question questions quick quickly raise raised random
range ranging rapid rapidly rate rates rather reach reached reaching read readily reading real reason reasoning
reasons recall received recent recently recipe recipes recognition recognize recognized recommend recommended
rectified recurring reduce reduced reduces reducing refer reference referenced references refers reflect
reflecting reflection reflects refusal refusals refuse regarding region register regulated regulating regulation
regulations regulatory reinforcement related relative relatively release released releases releasing relevant
reliability reliable rely relying remain remaining remains remarkable remove renewable repeatedly replace
replaced replacement reply repo report reported reporter reporting reports repository representing represents
reprogramming request requests require required requirements requires requiring research researchers resolution
resource resources respective respectively respects respond responding response responses responsible
responsibly result resulting results retain retrieval return reveal revenue revenues review reward right rights
risk risks rival rivals robust robustness role root roughly round rounds rule rules run running runs russian
safe safeguards safety said sale sales same sample samples sampling satisfies saturday save saved saw say says
scalability scalable scale scaled scales scaling scenario scenarios schedule science scientific score scores
scoring scratch script scripts search seat second secretary section sector security see seed seeing seeking seen
sees select selected senate senator send sense sensitive sentences separate september sequence sequences series
serve server serves service services serving sessions set sets setting settings setup seven several sexual shape
share shared shareholder shareholders shares sharing she shell short shot should show showing shown shows sign
signed significant significantly similar similarly simple simpler simplify simply since single six size sizes
skill skills slow small smaller snippet snippets so social societal society software solution solutions solve
solving some something sometimes soon sophisticated source sourced sources south southern space spanning sparse
special specialists specialized specific specifically specified specify specifying speech speed spikes sponsored
stability stable stage stages standard standards start started starting startup startups state static
statistical step steps still stock stories story strategies strategy street strength strengthen strengths string
strong stronger strongest strongly structure structured student students studies study studying style subject
subscribe subsequent subset substantial substantially success successfully such suggest suitable suite suited
summarization summarize summary sunday superior supervised supervision support supported supporting supports
sure surpasses surpassing suspend sustainability synthesis synthetic system systems table tables tackle tailor
tailored take taken takes taking target targeted targets task tasks taxonomies teacher teachers team teaming
teams technical techniques technological technologies technology tell temperature template temporal ten tensor
terminal terms test tested testing tests text texts than thanks that the their them then there thereby therefore
these they things think thinking thinks third thirty this those thought thoughtfully thousand thousands three
threshold thrilled through throughout throughput thursday thus time times title titled to today together token
tokenizer tokens told tone took tool tooling tools top total toward towards trade traditional train trained
training trajectory translation transparency trial trillion true trust try trying tuesday tuned tuning turn
twelve twenty two type types typically ultimately under underlying understand understanding unified unintended
unique unless unlike unlock unnecessary until up update updated updates updating upgraded upgrades uplift upon
us usage usages use used useful user users uses using utilization utilize utilized utilizing validate valuable
valuation valuations value values variable variables variant variants variations variety various varying vast
vectors vendors verify versatile version versions very via video videos violates violating violations virtual
vision visit visual voice want wanted wants was way ways we weapons web website websites wednesday week weeks
weight weights welcome well went were west western what when where whereas whether which while white who whom
whose why wide widely will window with within without women word work worker workers workflow workflows working
workload workloads works world worldwide worse worst would write writing written year years yes yesterday yet
you young your yuan zero
"""
_COMMON = frozenset(_WORDS.split())
# Endings that a common word may have on.
_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("ers", ""),
    ("ies", "y"),
)


def is_common(word: str) -> bool:
    """Tell whether a word of letters is a common English one, in any of its forms."""
    plain = word.lower()
    if plain in _COMMON:
        return True
    return any(
        plain.endswith(ending) and plain[: -len(ending)] + rest in _COMMON
        for ending, rest in _ENDINGS
        if len(plain) > 4
    )
