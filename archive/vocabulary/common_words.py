"""Common English words that no other word resembles: where one letter of them goes wrong, the mistake is plain.

A word is listed only if no dictionary word comes of it by leaving out, adding, changing or swapping one letter between its first letter and its
last two (checked on 160,000 words). ``designed`` is not listed, for there is ``deigned``; nor are words of chemistry, whose endings tell.
"""

from __future__ import annotations

COMMON_WORDS = frozenset(
    """
abrasive absence absolute absolutely abundance accelerated accelerating acceleration accelerator
acceptance accessed accessible accompanied accompanying accomplish accordance according accordingly
account accountable accounting accounts accuracy accurate achieve achieved achieving acknowledges
acoustic acquired acquiring acquisition acrylic activated activation activities activity additional
address addressed addressing adequate adequately adjacent adjustable adjusted adjustment administered
administration administrative administrator advance advanced advances advisory aerospace affected
affecting affects affiliated affiliates affirmative against agencies aggregate agitators agreement
airborne aircraft airport airship algorithm algorithms aliases alignment allegation alleged allocated
allowance alphabetical already altering alternatives although ambient ambiguity amended amendment
amendments ammonia amplifier analysis analytical ancillary animals announced announcing annually anomaly
antenna antennae anticipate anticipated anything anywhere aperture apparatus apparent appears appendix
applicable applicant application applications applied applying appoint appointed approach approaches
appropriate appropriately approval approve approved approximate approximately argument arguments
arithmetic armored arrangements arsenic article articles ascertain assembled assembly assertion assessed
assessing assessment assigned assignment assistance assisting associated association assurances
atmosphere atmospheres attachment attachments attempt attempted attempting attempts authentication
authoritative authorities authority authorization authorize authorizes automated automatic automatically
autonomous availability available average avionics awarded awareness background balances balancing
ballistic bandwidth barriers because becomes becoming beginning believe believes beneficiary benefit
benefits between broadband budgets building buildings burdens businesses buttons calculated calculating
calculation calculations calendar calibrate calibration cameras canisters capabilities capability
capable capacity capture carriers cartridges category cellular centralized centrifuge ceramic ceramics
certificate certification certified certify challenge challenges characteristics chemical chemicals
chickens children chilled circuit circuits circulation circumstance circumstances citation civilian
clarification clarify classification classified clerical clinical closest coherent collect collection
collections collectively collectors columns combined combining combustion comment comments commercial
committed committee commodities commodity companies compared comparison compass compasses compatible
compensation competent competition competitive complex compliance complying component components
composition compositions compound compounds comprehensive compressing compressor comprised comprises
compromise compromised computational concentrated concentration concentrations concern concerns conclude
concluded concludes conclusion condition conditioning conditions conduct conductor conductors conferred
conferring confidential confidentiality configuration configured conformity conjunction consecutive
consequences consideration considerations considered considering consist consistency consistent
consisting consists consolidated constant constituent constituents constitute constitutes consult
consultation consumer consumers consumption contain contained containers containing containment contains
contaminated contamination contend context continental contingency continue continued continues contours
contrary contrast contribution contributor controlled controller controllers controlling conversation
conversations conversion converter cooperating cooperation coordinate coordinated coordinates corporate
correct corrected correcting correction corresponding corresponds countermeasures country coupling
couplings coverage criminal criteria critical cryogenic crystals cultures currently customer customers
cutting cylinder cylinders cylindrical database databases decisions declined decontamination decryption
dedicated default defense definition definitions definitive degradation delegated delegates delivered
delivering delivery demonstrate demonstrated demonstration density deployment depositing deposition
derivatives describing description designate designated designation desired destination destinations
destined destroy destruction determination determined determining detonation detonator detonators
develop developed development developmental deviation differently digitized diligence dimensional
dimensions direction directional directions directive directly discretion disrupted disruption
distinguish distortion distributed distribution distributor distributors document documentation
documents domestic drilling droplets dynamic economic editorial effective effectively effects efficiency
efforts elastic electric electrical electricity electro electromagnetic electronic electronically
electronics element elemental elements eliminate eliminates eliminating elimination elsewhere embargo
embedded emergency emission emissions emitting emphasizes employed employee employing enables enabling
encompass encrypted encryption endurance energetic enforce enforcement enhance enhanced enhancement
enhancing enriched enrichment entirely entirety entitled entitlement entries environment environmental
environments equipment equipped equivalent essential establish established establishes establishing
establishment establishments etching evasive evidence evolving example examples exceeding exceeds
exception exceptions exchange exclude excluded excluding exclusion exclusive exclusively executing
execution exempted exemption exhaust exhaustive existence expansion expectations expected experimental
expertise explain explains explicit explicitly exploit explosive explosives exposed exposure expressed
expressly extension extract extracted extraction fabricated fabricating fabrication facilitate
facilitating facilities facility factors factual failure failures fallout families fatigue feature
features federal feedback fibrous fifteen fighter filament filaments filtration financial financing
fingerprint finished finishing fireworks fittings fixture fixtures flexibility footnote foreign
forfeiture formerly formula fracturing framework freedom frequencies frequency function functional
functions furnaces garments gaseous general generally generate generated generating generation generator
generators geographic geographical geographically geometric geometry governing government governmental
governments gradient gravity grenades grounds guidance gunfire handles hardware harmful harmonic
harmonize harmony harnesses hazards headquartered healthcare heightened helicopter helmets helpful
hemorrhagic highway history horizontal however hydraulic hydrogen identical identifiable identification
identified identify identifying identity implemented implementing implements implicated importance
important impregnated included inclusive incorporated incorporates incorporating indicators individual
individually individuals inertial infectious influences influenza ingredients initiation insertion
inspection inspector installations instantaneous institutions instrument instrumentation instruments
integrity intelligence interception interfere interference interfering interpret interpretation
interpreted interpreting intrinsic introduced introduction introductory investigate investigation
investigations investigative involve involved involvement involves involving irrespective issuing
jackets jamming jointly journal judicial jurisdiction justified justify kilograms kilometers kneading
knowledge laboratories laboratory labyrinth landlord largely largest legally legislation legislative
lengths licence license lighter likewise limitation limitations limited limiting liquids lobbyists
located locating lymphoma machinery magnetic magnitude maintain maintained maintaining maintains
maintenance majority malignant management mandatory manipulation manipulator manufacture manufactured
manufacturer manufacturers manufactures manufacturing maritime marketed marketplace materials measure
measured measurement measurements measures measuring mechanical mechanism mechanisms meetings members
mentioned mercury metallic methodology methods microorganisms microwave minimal minimize mirrors
miscellaneous mitigate mixture modification modifications modified modifying modular modulation modules
molecules monetary monitor monitoring monitors monthly movement multiple multiplication multiplied
municipal narrowly natural nautical navigation navigational necessarily necessary negative neglect
network networking networks nevertheless nitrogen nominal nominated nominations nominee northern
notification notified notifying nuclear numbered numbers numerical objective objectives objects
obligated obligation obligations observation obtained occurred occurrence occurring offering officer
officers offshore omitted ongoing operated operating operation operational operations operative operator
operators opinion opportunity orbital ordered ordinary organic organism organisms organization
organizations orientation original otherwise outcome ownership package packaged packages packaging
parallel participant participate participation particles particular particularly particulate
particulates partnership passenger passengers passive password pathogens payload payment payments
penalties penalty percent percentage performance permanent permanently permissible permission permits
permitted perpendicular perpetrators personal personnel persuaded pertaining physical picture placement
platform platforms pneumatic populated positioning positive possession potential potentially practical
practice precisely pressures presumed prevention primarily primary primitive principal principle
principles probabilities problem procedural procedure procedures proceed proceeding proceedings procure
procurement produce produced producing product production products profile program programmable programs
progress prohibit prohibited prohibition prohibits projectiles proliferation promote promptly
propagation propeller properties property proposal proposals proposed proposing proprietary propulsion
prospective provided provider providers providing publication publicly publish published publisher
publishing purchase purchasing purification purifying pursuant qualification qualified qualify
qualifying quality quantity question questions quickly radiant radiated radiation radioactive railway
readily reasonable reasonably receive received receivers receiving recipient reconnaissance recreational
rectify regardless regional registered registration regulations regulatory reinforcement reinforcements
relationship relative repeatedly repetitive representatives requirement requirements residential
resistant respiratory response responses responsibilities responsibility responsible restraint
restricted restrictions restrictive rodents rotational safeguard safeguards samples sanction sanctioned
sanctions sanctity satisfaction satisfied satisfies satisfy saturated saturation scenarios schedule
scheduled schedules science scientific secondary seconds sectors security segments seismic selected
selection selective selectively sensitive sensitivity separate separating separation sequence service
services servicing session several severing shielding shields shipment shipments shrouds signals
signature signatures significance significant significantly silicon similarly simplified simultaneous
simultaneously situations slaughter smaller software solicitation solution solutions something sometimes
sounding sources spacecraft specially specialty species specific specifically specifications specified
specifies specify spectral spherical spreading stability stainless standard standards standoff statement
statements station stations statute statutory sterilized stockpiling straight straightening strategy
strength structural structurally subjects submitted submitting substantially substantive substitute
substituted successful successfully sufficient suggested suggestion suitable supersede supervision
supplement supplementary supplied supplies supplying support supported supporting supports suppression
surface surfaces surgical surveillance suspected suspend suspension sustained syndrome synthesized
synthetic systemic systems tailored targeted targets technical technique techniques technological
technologies technology telecommunications telemetry television temperature temperatures temporary
terminal terminals terminated terrestrial territorial terrorism tethered theatrical themselves thereby
therefore thereof thermal thickness thirteen threshold thrusters together tolerant torpedo torture
traditional traffic transaction transactions transcripts transfer transferred transferring transfers
transformed transformers transforms transient transistor transition transitional translated transmission
transmitters transport transportation transporter transverse treasury treatment tribunal triggered
tungsten ultimate ultimately ultrasonic ultraviolet updates upgrade upgrading upstream utility utilize
utilizing validated validation variable variation variety various velocity version vessels veteran
veterans veterinary vibration victims viewing violating violation violations viruses visible visitation
volatile voltage voluntarily vulnerabilities vulnerability warfare warrant warrants wavelength
wavelengths weapons welcomes whatever withdrawn without withstand withstanding
""".split()
)
