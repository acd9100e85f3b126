/**
 * Given names that stand for each other: the form of the passport, and what people say. A short form of one name is filed
 * under that name; one of several (Alex, Chris) under itself, and whoever looks for one of them looks for it too.
 */

const FORMS = `
abigail abby abbie gail|abraham abe bram|albert al bert bertie|alexander alex alec xander sandy sasha|alexandra alex alexa sandra sandy sasha lexi
alfred al fred alf alfie|alice ali allie|allison ali allie alison alyson|amanda mandy manda|amelia amy millie|andrew andy drew andre|angela angie angel
ann anne annie nan|anna annie ana anya|anthony tony antony anton|antonio tony toño|arthur art artie|barbara barb barbie babs|beatrice bea trixie beatriz
benjamin ben benny benji|bernard bernie|bradley brad|brenda bren|calvin cal|cameron cam|carolyn carol lyn carrie|caroline carol carrie caro
catherine cathy kathy kate katie cat kitty katherine kathryn catharine cate kathleen katharine kat|charles charlie chuck chas chip carlos
charlotte charlie lottie char|christina chris tina chrissy christine kristina kristine|christopher chris topher kit kris|cynthia cindy cyndi|daniel dan danny
danielle dani|david dave davey davy|deborah deb debbie debra debby|dennis denny|dolores lola lolita|dominic dom nick dominick|donald don donnie donny
dorothy dot dottie dolly dora|douglas doug|edward ed eddie ted teddy ned eduardo|edwin ed eddie|eleanor ellie nell nora elinor|elizabeth liz beth betty lizzie eliza betsy bess libby elisabeth lisa liza
emily em emmy|emma em emmy|ernest ernie|esther essie|eugene gene|evelyn eve evie|florence flo flossie|frances fran frankie fannie francis|francisco paco pancho frank cisco
francis frank frankie|franklin frank frankie|frederick fred freddie freddy rick fredrick|gabriel gabe|gabriella gabby gabriela ella|geoffrey geoff jeff jeffrey
george georgie jorge|gerald gerry jerry|gilbert gil bert|gregory greg gregg|guadalupe lupe|gwendolyn gwen|harold hal harry|harriet hattie|helen nell nellie elena
henry hank harry hal enrique|herbert herb bert|ignacio nacho|isaac ike|isabella bella izzy isabel isabelle|jacob jake jack|jacqueline jackie jacquie|james jim jimmy jamie jaime
janet jan|janice jan|jason jay|jennifer jen jenny jenn|jeremy jerry jem|jerome jerry|jessica jess jessie|jesus chuy|john jack johnny jon jonny|jonathan jon jonny nathan john johnathan
jose pepe joe|joseph joe joey jo|josephine jo josie|joshua josh|juan juanito|judith judy judi|julia julie jules|karen kari|kenneth ken kenny|kimberly kim kimmy
larry lars|laura laurie lori|lauren laurie ren|lawrence larry laurence lorenzo|leonard leo len lenny|leslie les lesley|lillian lil lily lilly|linda lindy lynn|louis lou louie luis lewis
louise lou lulu|lucille lucy lu|madeline maddie madelyn madeleine|manuel manny manolo|margaret maggie meg peggy marge margie greta rita megan peg margarita|maria mari mia|marilyn mary lyn
martha marty|martin marty|mary molly polly marie mae|matthew matt matty|maximilian max|maxwell max|megan meg|melissa mel missy lissa|michael mike mikey mick micky miguel
michelle shelly chelle|mildred millie|mitchell mitch|mohammed muhammad mohamed mohammad mohamad mohd|nancy nan|natalie nat|natasha tasha|nathan nate nat|nathaniel nate nat nathan
nicholas nick nicky nico nicolas|nicole nikki nicky|oliver ollie|olivia liv livvy|oscar oz|pamela pam|patricia pat patty trish tricia patti|patrick pat paddy|paul pablo|penelope penny
peter pete pedro|philip phil pip phillip|phyllis phyl|priscilla cilla|rachel rach rachael|randall randy|raymond ray raimundo|rebecca becky becca bec rebekah|reginald reg reggie|regina gina
richard rick rich dick ricky richie ricardo|robert bob rob bobby robbie bert roberto|roberta bobbie|roger rog|ronald ron ronnie ronny|rosemary rose rosie|russell russ rusty|samantha sam sammy
samuel sam sammy|sandra sandy|santiago diego|sarah sally sara sadie|sebastian seb bastian|sharon shari|shirley shirl|sidney sid syd sydney|solomon sol|sophia sophie sofia|stanley stan
stephanie steph stefanie|stephen steve steven stevie|stewart stu stuart|susan sue susie suzy suzie susanna suzanne|sylvia syl|tabitha tabby|terrence terry|theodore ted teddy theo
theresa terry tess tessa teresa tracy|thomas tom tommy tomas|timothy tim timmy|tyler ty|valerie val|vanessa nessa|veronica ronnie vera|victor vic|victoria vicky tori vickie vicki|vincent vince vinny
virginia ginny ginger|walter walt wally|wendy wen|wesley wes|wilfred will fred|william bill will billy willie liam guillermo|winifred winnie fred|yolanda yoli|zachary zach zack zac
`;

const roots = new Map<string, string[]>();
const formal = new Map<string, readonly string[]>();
for (const group of FORMS.trim().split(/[|\n]/)) {
  const [name, ...short] = group.split(' ');
  formal.set(name, short);
  for (const one of short) {
    const known = roots.get(one);
    if (known === undefined) roots.set(one, [name]);
    else known.push(name);
  }
}

/** The name that a name of a roster is filed under. */
export function rootOf(given: string): string {
  const of = roots.get(given);
  return of?.length === 1 && !formal.has(given) ? of[0] : given;
}

/** Every name that a name of a message may be filed under, itself first. */
export function rootsOf(given: string): readonly string[] {
  const short = formal.get(given) ?? [];
  return [
    ...new Set([rootOf(given), given, ...(roots.get(given) ?? []), ...short.filter((one) => rootOf(one) === one)]),
  ];
}

/** How the names begin that are filed under any of those, and the name itself: William is called Bill, and Liam. */
export function initialsOf(given: string): readonly string[] {
  const all = rootsOf(given).flatMap((root) => [
    root,
    ...(formal.get(root) ?? []).filter((short) => rootOf(short) === root),
  ]);
  return [...new Set([given, ...all].map((name) => name.slice(0, 1)))];
}
