BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE approvals (
	"row" INTEGER NOT NULL, 
	document_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	approved_by VARCHAR NOT NULL, 
	approved_on DATE, 
	record_json TEXT NOT NULL, 
	recorded_at VARCHAR NOT NULL, 
	started_on DATE NOT NULL, 
	ended_on DATE, 
	end_reason VARCHAR NOT NULL, 
	PRIMARY KEY ("row"), 
	FOREIGN KEY(document_id, version) REFERENCES versions (document_id, number)
);
INSERT INTO "approvals" VALUES(1,'duty',1,'a5011f75d094347d8962e87b81aeb93ff66dae54753931114a044012d9608325','程立','2025-01-10','{"approved_by":"程立","approved_on":"2025-01-10","id":"duty","issuer":"","number":"","path":"duty.txt","role":"basis","sha256":"a5011f75d094347d8962e87b81aeb93ff66dae54753931114a044012d9608325","supersedes":[],"title":"值班工作规定","valid_from":null,"valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2025-01-10','2025-05-05','replaced');
INSERT INTO "approvals" VALUES(2,'summary',1,'8c3fa67030ad61791247f15ff47630f2f189811442dea37f308473264b1f10ce','程立','2025-01-10','{"approved_by":"程立","approved_on":"2025-01-10","id":"summary","issuer":"云汀市档案馆","number":"","path":"summary.txt","role":"material","sha256":"8c3fa67030ad61791247f15ff47630f2f189811442dea37f308473264b1f10ce","supersedes":[],"title":"2024年工作总结","valid_from":null,"valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2025-01-10','2025-06-02','revoked');
INSERT INTO "approvals" VALUES(3,'old',1,'fc8622d59719aaac5dc6eee42847eeedd52216803b19434b1126fbbba10b14af','程立','2024-06-01','{"approved_by":"程立","approved_on":"2024-06-01","id":"old","issuer":"","number":"","path":"old.txt","role":"basis","sha256":"fc8622d59719aaac5dc6eee42847eeedd52216803b19434b1126fbbba10b14af","supersedes":[],"title":"档案借阅办法","valid_from":null,"valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2024-06-01',NULL,'');
INSERT INTO "approvals" VALUES(4,'new',1,'b2a676dc162e40c1ce7f7997defb6bf2185c2b840f008b44447ada9578c14249','程立','2025-02-20','{"approved_by":"程立","approved_on":"2025-02-20","id":"new","issuer":"","number":"","path":"new.txt","role":"basis","sha256":"b2a676dc162e40c1ce7f7997defb6bf2185c2b840f008b44447ada9578c14249","supersedes":["old"],"title":"档案借阅规定","valid_from":"2025-04-01","valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2025-02-20',NULL,'');
INSERT INTO "approvals" VALUES(5,'model',1,'5ba2218a80b1e0ff8a505dc7390eb84e75ded4d14dd241f73475efdcc9925596','程立','2025-01-10','{"approved_by":"程立","approved_on":"2025-01-10","id":"model","issuer":"","number":"","path":"model.txt","role":"exemplar","sha256":"5ba2218a80b1e0ff8a505dc7390eb84e75ded4d14dd241f73475efdcc9925596","supersedes":[],"title":"2023年工作报告","valid_from":null,"valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2025-01-10',NULL,'');
INSERT INTO "approvals" VALUES(6,'gone',1,'dd203da9ce789804c4de15c877f9cf58b709b12fb8848502de2b9d84163c722b','程立','2025-02-25','{"approved_by":"程立","approved_on":"2025-02-25","id":"gone","issuer":"","number":"","path":"gone.txt","role":"material","sha256":"dd203da9ce789804c4de15c877f9cf58b709b12fb8848502de2b9d84163c722b","supersedes":[],"title":"临时通知","valid_from":null,"valid_to":null,"visible_to":[]}','2025-03-01T04:00:00+00:00','2025-02-25','2025-05-06','withdrawn');
INSERT INTO "approvals" VALUES(7,'duty',2,'0c1dec40052b722a953378a3f670ab5babad4e893b1678148fbc5e4fc8205866','周敏','2025-05-05','{"approved_by":"周敏","approved_on":"2025-05-05","id":"duty","issuer":"","number":"","path":"duty.txt","role":"basis","sha256":"0c1dec40052b722a953378a3f670ab5babad4e893b1678148fbc5e4fc8205866","supersedes":[],"title":"值班工作规定","valid_from":null,"valid_to":null,"visible_to":[]}','2025-05-06T04:00:00+00:00','2025-05-05',NULL,'');
INSERT INTO "approvals" VALUES(8,'study',1,'6932edfd3e3bea773d6c74e03b5e1e854c2f0c018a379be4780dfe7ea9694a4e','程立','2025-06-30','{"approved_by":"程立","approved_on":"2025-06-30","id":"study","issuer":"","number":"","path":"study.txt","role":"basis","sha256":"6932edfd3e3bea773d6c74e03b5e1e854c2f0c018a379be4780dfe7ea9694a4e","supersedes":[],"title":"学习交流安排","valid_from":null,"valid_to":null,"visible_to":["云汀市档案馆"]}','2025-07-01T04:00:00+00:00','2025-06-30',NULL,'');
CREATE TABLE audit (
	sequence INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	previous VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, seals TEXT DEFAULT '' NOT NULL, 
	PRIMARY KEY (sequence)
);
INSERT INTO "audit" VALUES(1,'2025-03-01T04:00:00+00:00','document.put','duty','nigao','{"approved_by":"程立","approved_on":"2025-01-10","origin":"corpus/manifest.yaml","passages":1,"sha256":"a5011f75d094347d8962e87b81aeb93ff66dae54753931114a044012d9608325","version":1}','','869f324dbf6cd6e31271b0777677063e6740c737f4009a5bc20dbdc70b9eca4a','');
INSERT INTO "audit" VALUES(2,'2025-03-01T04:00:00+00:00','document.put','summary','nigao','{"approved_by":"程立","approved_on":"2025-01-10","origin":"corpus/manifest.yaml","passages":1,"sha256":"8c3fa67030ad61791247f15ff47630f2f189811442dea37f308473264b1f10ce","version":1}','869f324dbf6cd6e31271b0777677063e6740c737f4009a5bc20dbdc70b9eca4a','298fff94d42878769cf71632bebe597a9cc47aad0e9708750e5b20ff2a0cfd6c','');
INSERT INTO "audit" VALUES(3,'2025-03-01T04:00:00+00:00','document.put','old','nigao','{"approved_by":"程立","approved_on":"2024-06-01","origin":"corpus/manifest.yaml","passages":1,"sha256":"fc8622d59719aaac5dc6eee42847eeedd52216803b19434b1126fbbba10b14af","version":1}','298fff94d42878769cf71632bebe597a9cc47aad0e9708750e5b20ff2a0cfd6c','b9a70378c81add8d8c0528438cefc88c2ef2161dd269b93eaf71cfbd094ebef8','');
INSERT INTO "audit" VALUES(4,'2025-03-01T04:00:00+00:00','document.put','new','nigao','{"approved_by":"程立","approved_on":"2025-02-20","origin":"corpus/manifest.yaml","passages":1,"sha256":"b2a676dc162e40c1ce7f7997defb6bf2185c2b840f008b44447ada9578c14249","version":1}','b9a70378c81add8d8c0528438cefc88c2ef2161dd269b93eaf71cfbd094ebef8','96d1cea334b87263098cbcad4445a017e5643fd3b24cfcbbed158617347753e6','');
INSERT INTO "audit" VALUES(5,'2025-03-01T04:00:00+00:00','document.put','model','nigao','{"approved_by":"程立","approved_on":"2025-01-10","origin":"corpus/manifest.yaml","passages":1,"sha256":"5ba2218a80b1e0ff8a505dc7390eb84e75ded4d14dd241f73475efdcc9925596","version":1}','96d1cea334b87263098cbcad4445a017e5643fd3b24cfcbbed158617347753e6','ed889d4dd2340368b08b9bc0dcd899d1edd5370b37c9eb904782cba749e2eca6','');
INSERT INTO "audit" VALUES(6,'2025-03-01T04:00:00+00:00','document.put','gone','nigao','{"approved_by":"程立","approved_on":"2025-02-25","origin":"corpus/manifest.yaml","passages":1,"sha256":"dd203da9ce789804c4de15c877f9cf58b709b12fb8848502de2b9d84163c722b","version":1}','ed889d4dd2340368b08b9bc0dcd899d1edd5370b37c9eb904782cba749e2eca6','64666aebc3a4d29a80a09ac0bd19f34d519c9e54638a2e0dd6afc9f79e4cf0f1','');
INSERT INTO "audit" VALUES(7,'2025-03-01T04:00:00+00:00','document.refuse','missing','nigao','{"message":"找不到文件（核对清单中的路径）","origin":"corpus/manifest.yaml","path":"missing.txt","reason":"missing"}','64666aebc3a4d29a80a09ac0bd19f34d519c9e54638a2e0dd6afc9f79e4cf0f1','080151a3a60f7a8ab680b83d170eedd8a8eb2b15983605e095b33fec330b17d7','');
INSERT INTO "audit" VALUES(8,'2025-03-10T04:00:00+00:00','report.add','r0001','拟稿人','{"content_hash":"9a140bb1697f5fccfa658ea176ac423232f717a2b3fb87aca8fe6034a44817c4","reason":"拟稿","revision":1}','080151a3a60f7a8ab680b83d170eedd8a8eb2b15983605e095b33fec330b17d7','0f8db0a3d4c9ffeea574961e05c1f17b1f9ac65840ef4df284cd240bbd30113f','');
INSERT INTO "audit" VALUES(9,'2025-03-10T04:00:00+00:00','report.revise','r0001','核稿人','{"content_hash":"c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a","reason":"删去一句","revision":2}','0f8db0a3d4c9ffeea574961e05c1f17b1f9ac65840ef4df284cd240bbd30113f','563de5ea3cf2565ae958ab71e7c31634576be19dd8756d8121d34481ff876c43','');
INSERT INTO "audit" VALUES(10,'2025-03-10T04:00:00+00:00','report.add','r0002','拟稿人','{"content_hash":"9a140bb1697f5fccfa658ea176ac423232f717a2b3fb87aca8fe6034a44817c4","reason":"拟稿","revision":1}','563de5ea3cf2565ae958ab71e7c31634576be19dd8756d8121d34481ff876c43','468a179b6bf22c543d44f5a7301a6cc34b01c2483c2cc621b9eb3e1907a39886','');
INSERT INTO "audit" VALUES(11,'2025-05-06T04:00:00+00:00','document.put','duty','nigao','{"approved_by":"周敏","approved_on":"2025-05-05","origin":"corpus/manifest.yaml","passages":1,"sha256":"0c1dec40052b722a953378a3f670ab5babad4e893b1678148fbc5e4fc8205866","version":2}','468a179b6bf22c543d44f5a7301a6cc34b01c2483c2cc621b9eb3e1907a39886','ad61eb903c52210432c9df33291b53de7f9a5ea5ef6cb58ae9484c835ef28585','');
INSERT INTO "audit" VALUES(12,'2025-05-06T04:00:00+00:00','document.refuse','missing','nigao','{"message":"找不到文件（核对清单中的路径）","origin":"corpus/manifest.yaml","path":"missing.txt","reason":"missing"}','ad61eb903c52210432c9df33291b53de7f9a5ea5ef6cb58ae9484c835ef28585','1814b3e62a4a6ede3ab6bced9f80ddb016d5397fcf069e6ffa98017829e48f67','');
INSERT INTO "audit" VALUES(13,'2025-05-06T04:00:00+00:00','document.withdraw','gone','nigao','{"reason":"清单中已不再列出"}','1814b3e62a4a6ede3ab6bced9f80ddb016d5397fcf069e6ffa98017829e48f67','bd6d58a18df5f49d9b078c8ee5aaca3fa776aab86c25a39c4c3c6a65c5422450','');
INSERT INTO "audit" VALUES(14,'2025-06-02T04:00:00+00:00','document.revoke','summary','周敏','{"reason":"数据有误"}','bd6d58a18df5f49d9b078c8ee5aaca3fa776aab86c25a39c4c3c6a65c5422450','212dc7ede50c122454bfefd6efb95e5db0420da19a11da72c086b7ef47c6c0e6','');
INSERT INTO "audit" VALUES(15,'2025-07-01T04:00:00+00:00','document.put','study','程立','{"approved_by":"程立","approved_on":"2025-06-30","origin":"manual:study","passages":1,"sha256":"6932edfd3e3bea773d6c74e03b5e1e854c2f0c018a379be4780dfe7ea9694a4e","version":1}','212dc7ede50c122454bfefd6efb95e5db0420da19a11da72c086b7ef47c6c0e6','d48596ed68eb202a20b1d07c4fcf4e5f5e7953b2e1cf89e135f19aac5e158801','');
INSERT INTO "audit" VALUES(16,'2025-07-01T04:00:00+00:00','document.submit','handover','王芳','{"origin":"manual:handover","sha256":"b7bbb1de43ea2348809d4533a8f12b4aa4eab62fb253eaf2dec771e2b8797fae"}','d48596ed68eb202a20b1d07c4fcf4e5f5e7953b2e1cf89e135f19aac5e158801','8afb00e4be88896f2eeb687c22a26a627b7ec698138ed9165a0f285735abb810','');
INSERT INTO "audit" VALUES(17,'2025-07-01T04:00:00+00:00','report.revise','r0002','编辑','{"content_hash":"3229d52aa9c8cef0c6f42eedc9c0261a10b612115eff8f4fc5e5dd0576907feb","reason":"改标题","revision":2}','8afb00e4be88896f2eeb687c22a26a627b7ec698138ed9165a0f285735abb810','2b4a2a9433df8c4bab682abe704c76d4b2cb6957b42115a0195c8e649ae09c80','');
INSERT INTO "audit" VALUES(18,'2026-03-01T04:00:00+00:00','store.seal','store','nigao','{"from":"0003"}','2b4a2a9433df8c4bab682abe704c76d4b2cb6957b42115a0195c8e649ae09c80','4e8fbeda718c93ee5354ba4b59952ca1d08ebdfd174785189a13e73af4f95eb6','{"document/duty":"b91f6fe19bbe9b30f002303e977196145aeee62f45b19155c0ea22e8fe48752c","document/gone":"d946f40c85944f9cb260f4b29c6e01719a136de8e7feceeaa2e426c29b945a11","document/handover":"504e3b17dd0a6702445ddd835cbe845d0cf159ad4cf52d55bb5f7f7b2a24c351","document/missing":"904dc62d828226ec847b83a0b36f4ad61ba3a7faf76ae9034d96ad35dac3c5c1","document/model":"9b1db69050a6916b2b29418eb6440bc55118a22fa23f77b465ed34dff981b8ae","document/new":"060ca12f10bf2d1b559183f4594434841b89b598e92b6ea0155912034ba0ca73","document/old":"20b205063eb82c8ca9e41886c742897cb2ca3ccbf64355b49331282196f13e79","document/study":"b8ea26534d5f9d565fdeecaad50e5e587b62fb29374db8dcd4d320dd6e27341f","document/summary":"96c59ecf8a59b66a898bbc4d82ca7dbbf62290c6d87ce7ded1db847d5fa17db0","report/1":"2924ad8dacbd4cc4f3881fec6855a74aba59f957e9cfd36c0fa23797c4ccdbc8","report/2":"e0a04b1b82d2474d342d08f783c9cb64a2f53522d6261382345a9f9a09e750ca","revision/1/1":"d3ad747076cdcc4ac3a296c08af726c21a21039fadc34f0172f22e43cafd4ebf","revision/1/2":"c71057941959a9b4a9c4175711d8fe2af235b838eaf5e71d947300aca1abb4f7","revision/2/1":"010e8df3ad4ec4a756280500882720312238e74e7d0430025cde113ed211cd1b","revision/2/2":"45ae55e4e0a7900a0381d8011817205e95f65ad060501be3f724b2b19d9b59e5","text/duty":"e2fbc4c5fb30ff989ce780055a33bdfba519465a264584c3f2639613e9f6c718","text/gone":"34e8ed298eed660f8bbd28b18aee0c9011cf7dad105ebb6718c7cdf9f3f3872e","text/model":"77dd420e8bedc4c8c93e24d59d711e2b4eeeada9de9406340a41b59f33481bfe","text/new":"97ebd2c173cdd47628512bb477e186ca7da123860eb7b00d96212375d83419fa","text/old":"f8e40b6ea585f3dd87d14842b2be89c1daf037671978bfcebe60b1395ef488dd","text/study":"3ffa5a73adc46389dc519a6617b1d31ddbec5ed701e45f97e9338f94ea72ef82","text/summary":"7dfe467a31065156f0cf7b0c070ff8fe163f6eb8add69768ebbd5283fa8b49d0"}');
INSERT INTO "audit" VALUES(19,'2026-03-01T04:00:00+00:00','chat.open','s0001','李强','{"report":"r0001"}','4e8fbeda718c93ee5354ba4b59952ca1d08ebdfd174785189a13e73af4f95eb6','a754eeb08bb3fd70c7899361af5779c7bae132e3f0d4ba8593ea1ffbfd867939','{"session/1":"16191975cf6c8b14c4089ec5bb89e325ebcc19bfe1829f4d198dbe90718df3a2"}');
INSERT INTO "audit" VALUES(20,'2026-03-01T04:00:00+00:00','chat.turn','s0001','李强','{"report":"r0001","revision":null,"turn":1}','a754eeb08bb3fd70c7899361af5779c7bae132e3f0d4ba8593ea1ffbfd867939','d0cb117ddc259acf998b7d99917aa9ad3a5774f7d8593cad9c266989cf443bf1','{"session/1":"35217c1acf8641da72702f4a6aa200dbece833e8d7d76aa00d546533ea6ed2af","turn/1/1":"47745e5a9c363aec772951e2163f649815df3c2a656238bfbc50620166d323e8"}');
INSERT INTO "audit" VALUES(21,'2026-03-01T04:00:00+00:00','report.revise','r0001','李强','{"content_hash":"c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a","reason":"改标题","revision":3}','d0cb117ddc259acf998b7d99917aa9ad3a5774f7d8593cad9c266989cf443bf1','9c9855bf55ca7ae604590534689db72fc27b3b80d476e1551f8e47c033765200','{"revision/1/3":"b5d39a94697060f105d53cf10fd40d07487eb7389d52cdcb765635ec88425e25"}');
INSERT INTO "audit" VALUES(22,'2026-03-01T04:00:00+00:00','chat.turn','s0001','李强','{"report":"r0001","revision":3,"turn":2}','9c9855bf55ca7ae604590534689db72fc27b3b80d476e1551f8e47c033765200','63c0d7934b5c65e929d1391bbd5d95f3a829b2c7227150b9e3250995db6c79b2','{"session/1":"268cb3ef4af89afa1d422631c85e8f822c8a49a3612421ed7764480653f0d53a","turn/1/2":"5e55e4198cc3c0b8e212a89142c4fe76819a98dfdd6c095e5af88961fa6310bb"}');
INSERT INTO "audit" VALUES(23,'2026-03-01T04:00:00+00:00','report.submit','r0001','李强','{"content_hash":"c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a","note":"请审","revision":3}','63c0d7934b5c65e929d1391bbd5d95f3a829b2c7227150b9e3250995db6c79b2','34730fa8293d73e02309e1e8448b1376dc7eb17f7cfb599eea033b23bca22b26','{"signoff/1":"e9dac5f98ec574e54999bf77c916e3b3fc074d432a54b14fc13c24ac781e0fc3"}');
INSERT INTO "audit" VALUES(24,'2026-03-01T04:00:00+00:00','report.approve','r0001','周文清','{"content_hash":"c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a","note":"","revision":3}','34730fa8293d73e02309e1e8448b1376dc7eb17f7cfb599eea033b23bca22b26','446c5ff808be7aca0aae9021400f8fa31afff9ededc43777b5d5efce304590c6','{"signoff/2":"4e04c2c00978484f6c1c633d8bcad63f3cbc1b379964c239230acb0ab14bde22"}');
CREATE TABLE citations (
	"row" INTEGER NOT NULL, 
	report INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	document_id VARCHAR NOT NULL, 
	passage_id VARCHAR NOT NULL, 
	locator VARCHAR NOT NULL, 
	part VARCHAR NOT NULL, 
	heading VARCHAR NOT NULL, 
	ordinal VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY ("row"), 
	FOREIGN KEY(report, revision) REFERENCES revisions (report, revision)
);
INSERT INTO "citations" VALUES(1,1,1,'summary','summary-001-8f4a6602','一、第1段','features','政治生态主要特征','二、','全年接待查档群众312人次。');
INSERT INTO "citations" VALUES(2,1,1,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','落实值班规定。');
INSERT INTO "citations" VALUES(3,1,1,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','工作日值班由综合科安排。');
INSERT INTO "citations" VALUES(4,1,1,'summary','summary-001-8f4a6602','一、第1段','features','落实值班规定。','（一）','召开支部党员大会4次。');
INSERT INTO "citations" VALUES(5,1,2,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','落实值班规定。');
INSERT INTO "citations" VALUES(6,1,2,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','工作日值班由综合科安排。');
INSERT INTO "citations" VALUES(7,1,2,'summary','summary-001-8f4a6602','一、第1段','features','落实值班规定。','（一）','召开支部党员大会4次。');
INSERT INTO "citations" VALUES(8,2,1,'summary','summary-001-8f4a6602','一、第1段','features','政治生态主要特征','二、','全年接待查档群众312人次。');
INSERT INTO "citations" VALUES(9,2,1,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','落实值班规定。');
INSERT INTO "citations" VALUES(10,2,1,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','工作日值班由综合科安排。');
INSERT INTO "citations" VALUES(11,2,1,'summary','summary-001-8f4a6602','一、第1段','features','落实值班规定。','（一）','召开支部党员大会4次。');
INSERT INTO "citations" VALUES(12,2,2,'summary','summary-001-8f4a6602','一、第1段','features','政治生态主要特征','二、','全年接待查档群众312人次。');
INSERT INTO "citations" VALUES(13,2,2,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','落实值班规定。');
INSERT INTO "citations" VALUES(14,2,2,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','工作日值班由综合科安排。');
INSERT INTO "citations" VALUES(15,2,2,'summary','summary-001-8f4a6602','一、第1段','features','落实值班规定。','（一）','召开支部党员大会4次。');
INSERT INTO "citations" VALUES(16,1,3,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','落实值班规定。');
INSERT INTO "citations" VALUES(17,1,3,'duty','duty-001-db76283e','第一条至第二条','features','落实值班规定。','（一）','工作日值班由综合科安排。');
INSERT INTO "citations" VALUES(18,1,3,'summary','summary-001-8f4a6602','一、第1段','features','落实值班规定。','（一）','召开支部党员大会4次。');
CREATE TABLE documents (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	issuer VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	approved_by VARCHAR NOT NULL, 
	approved_on DATE, 
	valid_from DATE, 
	valid_to DATE, 
	status VARCHAR NOT NULL, 
	status_reason VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	recipe VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "documents" VALUES('duty','值班工作规定','basis','0c1dec40052b722a953378a3f670ab5babad4e893b1678148fbc5e4fc8205866','duty.txt','','','周敏','2025-05-05',NULL,NULL,'approved','','corpus/manifest.yaml','2','6861aa47cf2e781ee738f84c9a5ec47dba657592f757f2774a4ee655bf866150',2);
INSERT INTO "documents" VALUES('summary','2024年工作总结','material','8c3fa67030ad61791247f15ff47630f2f189811442dea37f308473264b1f10ce','summary.txt','云汀市档案馆','','程立','2025-01-10',NULL,NULL,'revoked','数据有误','corpus/manifest.yaml','2','03f3c3e6b34bbab92eeb24df99de22c2e073a4c3c1fce4f80ca97229660701fc',1);
INSERT INTO "documents" VALUES('old','档案借阅办法','basis','fc8622d59719aaac5dc6eee42847eeedd52216803b19434b1126fbbba10b14af','old.txt','','','程立','2024-06-01',NULL,NULL,'approved','','corpus/manifest.yaml','2','08a1c4e0310657c12d124927b00d81840b9ddbfbda834d07e84c2b189b31ace1',1);
INSERT INTO "documents" VALUES('new','档案借阅规定','basis','b2a676dc162e40c1ce7f7997defb6bf2185c2b840f008b44447ada9578c14249','new.txt','','','程立','2025-02-20','2025-04-01',NULL,'approved','','corpus/manifest.yaml','2','fe8ed3f303377c4e4c2fce42eea87460ad8be32c1b1380223e8eea6d7ab3c302',1);
INSERT INTO "documents" VALUES('model','2023年工作报告','exemplar','5ba2218a80b1e0ff8a505dc7390eb84e75ded4d14dd241f73475efdcc9925596','model.txt','','','程立','2025-01-10',NULL,NULL,'approved','','corpus/manifest.yaml','2','3612ee224980df2ddd599578b155d61f0e72eaad74fb814a3dae6d552ef589b9',1);
INSERT INTO "documents" VALUES('gone','临时通知','material','dd203da9ce789804c4de15c877f9cf58b709b12fb8848502de2b9d84163c722b','gone.txt','','','程立','2025-02-25',NULL,NULL,'withdrawn','清单中已不再列出','corpus/manifest.yaml','2','0e558e2a4cae87fffd542f7be70b82efb213a736b5396c938bbf1ff5bf781e6f',1);
INSERT INTO "documents" VALUES('missing','没有的文件','material','','missing.txt','','','',NULL,NULL,NULL,'refused','找不到文件（核对清单中的路径）','corpus/manifest.yaml','','77bdd5f9ffcd695de111ac47f9c36937baaf90408c72d1a6dccb0c620ca896cc',0);
INSERT INTO "documents" VALUES('study','学习交流安排','basis','6932edfd3e3bea773d6c74e03b5e1e854c2f0c018a379be4780dfe7ea9694a4e','study.txt','','','程立','2025-06-30',NULL,NULL,'approved','','manual:study','','0bc704f451d8805a1e08ba0b75d27488f6266913594fea7640828df7e27a8ece',1);
INSERT INTO "documents" VALUES('handover','值班交接办法','basis','b7bbb1de43ea2348809d4533a8f12b4aa4eab62fb253eaf2dec771e2b8797fae','handover.txt','','','',NULL,NULL,NULL,'submitted','','manual:handover','','d9046f0fffe7327276c978a35f0bba870d827229d1a003e75fb93155746b1797',0);
CREATE TABLE endpoints (
	address VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	learned_at VARCHAR NOT NULL, 
	PRIMARY KEY (address, model)
);
INSERT INTO "endpoints" VALUES('http://127.0.0.1:8000/v1','m','json_schema','2026-03-01T04:00:00+00:00');
CREATE TABLE files (
	document_id VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	ctime_ns INTEGER NOT NULL, 
	seen_ns INTEGER NOT NULL, 
	PRIMARY KEY (document_id)
);
CREATE TABLE passages (
	"row" INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	document_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	locator VARCHAR NOT NULL, 
	heading VARCHAR NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	PRIMARY KEY ("row"), 
	FOREIGN KEY(document_id, version) REFERENCES versions (document_id, number)
);
INSERT INTO "passages" VALUES(1,'duty-001-db76283e','duty',1,1,'第一条　工作日值班由综合科安排，每日一人，负责接待来访群众。
第二条　节假日值班两人，其中一人为科级干部。','第一条至第二条','',7,60,0);
INSERT INTO "passages" VALUES(2,'summary-001-8f4a6602','summary',1,1,'全年接待查档群众312人次，落实“三会一课”制度，召开支部党员大会4次。','一、第1段','一、主要工作',17,53,1);
INSERT INTO "passages" VALUES(3,'old-001-a5befd57','old',1,1,'第一条　借阅档案须经科室负责人同意，借期不超过十日。','第一条','',7,33,1);
INSERT INTO "passages" VALUES(4,'new-001-a0fbe03f','new',1,1,'第一条　借阅档案须经分管领导同意，借期不超过五日。','第一条','',7,32,1);
INSERT INTO "passages" VALUES(5,'model-001-59dfba40','model',1,1,'全馆在编人员21名，内设科室4个，工作运转正常。','一、第1段','一、基本情况',17,41,1);
INSERT INTO "passages" VALUES(6,'gone-001-7ca3f711','gone',1,1,'第一条　本周五下午召开全体会议，各科室按时参加，不得缺席。','第一条','',5,34,0);
INSERT INTO "passages" VALUES(7,'duty-001-995c48df','duty',2,1,'第一条　工作日值班由办公室安排，每日一人，负责接待来访群众。
第二条　节假日值班两人，其中一人为科级干部。','第一条至第二条','',7,60,1);
INSERT INTO "passages" VALUES(8,'study-6932edfd','study',1,1,'学习交流每月一次，由机关党支部组织。','第1段','',0,18,1);
CREATE TABLE properties (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "properties" VALUES('corpus_digest','04ed289613022c0ae96782181a9e9c4c');
INSERT INTO "properties" VALUES('audit_head','24:446c5ff808be7aca0aae9021400f8fa31afff9ededc43777b5d5efce304590c6');
CREATE TABLE reports (
	number INTEGER NOT NULL, 
	created_at VARCHAR NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "reports" VALUES(1,'2025-03-10T04:00:00+00:00');
INSERT INTO "reports" VALUES(2,'2025-03-10T04:00:00+00:00');
CREATE TABLE revisions (
	report INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	report_json TEXT NOT NULL, 
	brief_json TEXT NOT NULL, 
	findings_json TEXT NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, record_json TEXT DEFAULT '' NOT NULL, command_json TEXT DEFAULT '' NOT NULL, restores INTEGER, act VARCHAR DEFAULT 'edit' NOT NULL, 
	PRIMARY KEY (report, revision), 
	FOREIGN KEY(report) REFERENCES reports (number)
);
INSERT INTO "revisions" VALUES(1,1,'political-ecology','云汀市档案馆关于政治生态情况的报告','云汀市档案馆','{"kind":"political-ecology","title":{"text":"云汀市档案馆关于政治生态情况的报告","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"recipient":null,"opening":[{"text":"现将情况报告如下。","origin":"connective","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"parts":[{"key":"features","ordinal":"二、","heading":{"text":"政治生态主要特征","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"lead":[{"text":"全年接待查档群众312人次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[{"ordinal":"（一）","heading":{"text":"聚焦值班，服务群众。","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[],"items":[{"ordinal":"","heading":{"text":"落实值班规定。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[{"text":"工作日值班由综合科安排。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},{"text":"召开支部党员大会4次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[],"addresses":[],"gap":null}],"addresses":[],"gap":null}],"gap":null}],"attachments":[],"signature":null,"date":null,"after":[],"trailing":null,"unit":"云汀市档案馆","as_of":null,"waivers":[]}','{"unit": {"full": "云汀市档案馆", "short": ""}}','[]','9a140bb1697f5fccfa658ea176ac423232f717a2b3fb87aca8fe6034a44817c4','拟稿人','拟稿','2025-03-10T04:00:00+00:00','','',NULL,'draft');
INSERT INTO "revisions" VALUES(1,2,'political-ecology','云汀市档案馆关于政治生态情况的报告','云汀市档案馆','{"kind":"political-ecology","title":{"text":"云汀市档案馆关于政治生态情况的报告","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"recipient":null,"opening":[{"text":"现将情况报告如下。","origin":"connective","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"parts":[{"key":"features","ordinal":"二、","heading":{"text":"政治生态主要特征","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"lead":[],"items":[{"ordinal":"（一）","heading":{"text":"聚焦值班，服务群众。","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[],"items":[{"ordinal":"","heading":{"text":"落实值班规定。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[{"text":"工作日值班由综合科安排。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},{"text":"召开支部党员大会4次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[],"addresses":[],"gap":null}],"addresses":[],"gap":null}],"gap":null}],"attachments":[],"signature":null,"date":null,"after":[],"trailing":null,"unit":"云汀市档案馆","as_of":null,"waivers":[]}','{"unit": {"full": "云汀市档案馆", "short": ""}}','[]','c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a','核稿人','删去一句','2025-03-10T04:00:00+00:00','','',NULL,'edit');
INSERT INTO "revisions" VALUES(2,1,'political-ecology','云汀市档案馆关于政治生态情况的报告','云汀市档案馆','{"kind":"political-ecology","title":{"text":"云汀市档案馆关于政治生态情况的报告","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"recipient":null,"opening":[{"text":"现将情况报告如下。","origin":"connective","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"parts":[{"key":"features","ordinal":"二、","heading":{"text":"政治生态主要特征","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"lead":[{"text":"全年接待查档群众312人次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[{"ordinal":"（一）","heading":{"text":"聚焦值班，服务群众。","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[],"items":[{"ordinal":"","heading":{"text":"落实值班规定。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[{"text":"工作日值班由综合科安排。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},{"text":"召开支部党员大会4次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[],"addresses":[],"gap":null}],"addresses":[],"gap":null}],"gap":null}],"attachments":[],"signature":null,"date":null,"after":[],"trailing":null,"unit":"云汀市档案馆","as_of":null,"waivers":[]}','{"unit": {"full": "云汀市档案馆", "short": ""}}','[]','9a140bb1697f5fccfa658ea176ac423232f717a2b3fb87aca8fe6034a44817c4','拟稿人','拟稿','2025-03-10T04:00:00+00:00','','',NULL,'draft');
INSERT INTO "revisions" VALUES(2,2,'political-ecology','云汀市档案馆2024年工作情况报告','云汀市档案馆','{"kind":"political-ecology","title":{"text":"云汀市档案馆2024年工作情况报告","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"recipient":null,"opening":[{"text":"现将情况报告如下。","origin":"connective","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"parts":[{"key":"features","ordinal":"二、","heading":{"text":"政治生态主要特征","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"lead":[{"text":"全年接待查档群众312人次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[{"ordinal":"（一）","heading":{"text":"聚焦值班，服务群众。","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[],"items":[{"ordinal":"","heading":{"text":"落实值班规定。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[{"text":"工作日值班由综合科安排。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},{"text":"召开支部党员大会4次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[],"addresses":[],"gap":null}],"addresses":[],"gap":null}],"gap":null}],"attachments":[],"signature":null,"date":null,"after":[],"trailing":null,"unit":"云汀市档案馆","as_of":null,"waivers":[]}','{"unit": {"full": "云汀市档案馆", "short": ""}}','[]','3229d52aa9c8cef0c6f42eedc9c0261a10b612115eff8f4fc5e5dd0576907feb','编辑','改标题','2025-07-01T04:00:00+00:00','','',NULL,'edit');
INSERT INTO "revisions" VALUES(1,3,'political-ecology','云汀市档案馆关于政治生态情况的报告','云汀市档案馆','{"kind":"political-ecology","title":{"text":"云汀市档案馆关于政治生态情况的报告","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"recipient":null,"opening":[{"text":"现将情况报告如下。","origin":"connective","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"parts":[{"key":"features","ordinal":"二、","heading":{"text":"政治生态主要特征","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"lead":[],"items":[{"ordinal":"（一）","heading":{"text":"聚焦值班，服务群众。","origin":"human","citations":[],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[],"items":[{"ordinal":"","heading":{"text":"落实值班规定。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},"sentences":[{"text":"工作日值班由综合科安排。","origin":"source","citations":[{"passage_id":"duty-001-db76283e","document_id":"duty","title":"值班工作规定","locator":"第一条至第二条","quote":"第一条　工作日值班由综合"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null},{"text":"召开支部党员大会4次。","origin":"source","citations":[{"passage_id":"summary-001-8f4a6602","document_id":"summary","title":"2024年工作总结","locator":"一、第1段","quote":"全年接待查档群众312人"}],"facts":[],"worded_by":"","repair":null,"gap":null,"start":null,"end":null}],"items":[],"addresses":[],"gap":null}],"addresses":[],"gap":null}],"gap":null}],"attachments":[],"signature":null,"date":null,"after":[],"trailing":null,"unit":"云汀市档案馆","as_of":null,"waivers":[]}','{"unit": {"full": "云汀市档案馆", "short": ""}}','[]','c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a','李强','改标题','2026-03-01T04:00:00+00:00','','{"verb":"edit"}',NULL,'edit');
CREATE TABLE sessions (
	number INTEGER NOT NULL, 
	report INTEGER, 
	author VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	state_json TEXT NOT NULL, 
	revision INTEGER, 
	PRIMARY KEY (number), 
	FOREIGN KEY(report) REFERENCES reports (number)
);
INSERT INTO "sessions" VALUES(1,1,'李强','2026-03-01T04:00:00+00:00','{"seen":2}',3);
CREATE TABLE signoffs (
	"row" INTEGER NOT NULL, 
	report INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	content_hash VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	note TEXT NOT NULL, 
	waived_json TEXT NOT NULL, 
	PRIMARY KEY ("row"), 
	FOREIGN KEY(report, revision) REFERENCES revisions (report, revision)
);
INSERT INTO "signoffs" VALUES(1,1,3,'submitted','c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a','李强','2026-03-01T04:00:00+00:00','请审','[]');
INSERT INTO "signoffs" VALUES(2,1,3,'approved','c5703ef58fad5f583dd8c6eb5d96faad4ad2f88444759507582d003cdfcf478a','周文清','2026-03-01T04:00:00+00:00','','[]');
CREATE TABLE submissions (
	document_id VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	record_json TEXT NOT NULL, 
	text TEXT NOT NULL, 
	passages_json TEXT NOT NULL, 
	origin VARCHAR NOT NULL, 
	recipe VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	submitted_by VARCHAR NOT NULL, 
	submitted_at VARCHAR NOT NULL, 
	returned_by VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	PRIMARY KEY (document_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id)
);
INSERT INTO "submissions" VALUES('handover','b7bbb1de43ea2348809d4533a8f12b4aa4eab62fb253eaf2dec771e2b8797fae','{"approved_by":"","approved_on":null,"id":"handover","issuer":"","number":"","path":"handover.txt","role":"basis","sha256":"b7bbb1de43ea2348809d4533a8f12b4aa4eab62fb253eaf2dec771e2b8797fae","supersedes":[],"title":"值班交接办法","valid_from":null,"valid_to":null,"visible_to":[]}','值班交接须当面进行。','[{"id": "handover-b7bbb1de", "document_id": "handover", "position": 1, "text": "值班交接须当面进行。", "locator": "第1段", "heading": "", "start": 0, "end": 10}]','manual:handover','','d9046f0fffe7327276c978a35f0bba870d827229d1a003e75fb93155746b1797','王芳','2025-07-01T04:00:00+00:00','','');
CREATE TABLE supersessions (
	document_id VARCHAR NOT NULL, 
	supersedes_id VARCHAR NOT NULL, 
	PRIMARY KEY (document_id, supersedes_id), 
	FOREIGN KEY(document_id) REFERENCES documents (id)
);
INSERT INTO "supersessions" VALUES('new','old');
CREATE TABLE turns (
	session INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	said TEXT NOT NULL, 
	command_json TEXT NOT NULL, 
	reply_json TEXT NOT NULL, 
	revision INTEGER, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (session, number), 
	FOREIGN KEY(session) REFERENCES sessions (number)
);
INSERT INTO "turns" VALUES(1,1,'看看','{"verb":"show"}','{"text":"好"}',NULL,'2026-03-01T04:00:00+00:00');
INSERT INTO "turns" VALUES(1,2,'改标题','{"verb":"edit"}','{"text":"改了"}',3,'2026-03-01T04:00:00+00:00');
CREATE TABLE vectors (
	model VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	vector BLOB NOT NULL, 
	PRIMARY KEY (model, sha256)
);
CREATE TABLE versions (
	document_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	recorded_at VARCHAR NOT NULL, 
	PRIMARY KEY (document_id, number), 
	FOREIGN KEY(document_id) REFERENCES documents (id)
);
INSERT INTO "versions" VALUES('duty',1,'a5011f75d094347d8962e87b81aeb93ff66dae54753931114a044012d9608325','值班工作规定
第一条　工作日值班由综合科安排，每日一人，负责接待来访群众。
第二条　节假日值班两人，其中一人为科级干部。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('summary',1,'8c3fa67030ad61791247f15ff47630f2f189811442dea37f308473264b1f10ce','2024年工作总结
一、主要工作
全年接待查档群众312人次，落实“三会一课”制度，召开支部党员大会4次。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('old',1,'fc8622d59719aaac5dc6eee42847eeedd52216803b19434b1126fbbba10b14af','档案借阅办法
第一条　借阅档案须经科室负责人同意，借期不超过十日。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('new',1,'b2a676dc162e40c1ce7f7997defb6bf2185c2b840f008b44447ada9578c14249','档案借阅规定
第一条　借阅档案须经分管领导同意，借期不超过五日。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('model',1,'5ba2218a80b1e0ff8a505dc7390eb84e75ded4d14dd241f73475efdcc9925596','2023年工作报告
一、基本情况
全馆在编人员21名，内设科室4个，工作运转正常。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('gone',1,'dd203da9ce789804c4de15c877f9cf58b709b12fb8848502de2b9d84163c722b','临时通知
第一条　本周五下午召开全体会议，各科室按时参加，不得缺席。','2025-03-01T04:00:00+00:00');
INSERT INTO "versions" VALUES('duty',2,'0c1dec40052b722a953378a3f670ab5babad4e893b1678148fbc5e4fc8205866','值班工作规定
第一条　工作日值班由办公室安排，每日一人，负责接待来访群众。
第二条　节假日值班两人，其中一人为科级干部。','2025-05-06T04:00:00+00:00');
INSERT INTO "versions" VALUES('study',1,'6932edfd3e3bea773d6c74e03b5e1e854c2f0c018a379be4780dfe7ea9694a4e','学习交流每月一次，由机关党支部组织。','2025-07-01T04:00:00+00:00');
CREATE TABLE visibilities (
	document_id VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	PRIMARY KEY (document_id, unit), 
	FOREIGN KEY(document_id) REFERENCES documents (id)
);
INSERT INTO "visibilities" VALUES('study','云汀市档案馆');
CREATE INDEX ix_documents_origin ON documents (origin);
CREATE INDEX ix_supersessions_supersedes ON supersessions (supersedes_id);
CREATE INDEX ix_passages_id ON passages (id);
CREATE INDEX ix_passages_document ON passages (document_id, position);
CREATE UNIQUE INDEX uq_passages_current ON passages (id) WHERE current = 1;
CREATE INDEX ix_approvals_document ON approvals (document_id);
CREATE UNIQUE INDEX uq_approvals_open ON approvals (document_id) WHERE ended_on IS NULL;
CREATE INDEX ix_citations_document ON citations (document_id, report, revision);
CREATE INDEX ix_sessions_report ON sessions (report, author);
CREATE INDEX ix_signoffs_report ON signoffs (report);
COMMIT;
