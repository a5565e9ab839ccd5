BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
INSERT INTO "attempt" VALUES(1,'a try','2026-03-03 09:00:00.381482');
CREATE TABLE candidate (
	task_id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_candidate PRIMARY KEY (task_id, kind, name), 
	CONSTRAINT fk_candidate_task_id FOREIGN KEY(task_id) REFERENCES user_task (id)
);
INSERT INTO "candidate" VALUES('aca66bbeeee1441cbd1bd6c608752a38','group','warden');
INSERT INTO "candidate" VALUES('aca66bbeeee1441cbd1bd6c608752a38','person','rosa@example.org');
INSERT INTO "candidate" VALUES('b68e244e2369496c90318f276ca373a5','group','warden');
INSERT INTO "candidate" VALUES('c94f32755d2b4ce9b867c6f09987e948','group','warden');
INSERT INTO "candidate" VALUES('3f37d715c79346d59bad858653fcee44','group','warden');
INSERT INTO "candidate" VALUES('ae7a054ad5504acc8159b2d4208956fc','group','warden');
INSERT INTO "candidate" VALUES('4d81f3bba0314b018b37a765eeeabc80','group','warden');
INSERT INTO "candidate" VALUES('06c7de3484a34ad3aee726651cf4806d','group','warden');
INSERT INTO "candidate" VALUES('b9c8adde68e14a5cb25be1d9ed1c74d2','group','warden');
INSERT INTO "candidate" VALUES('f1be338c3c8c49889eaefe5b90d60913','group','warden');
INSERT INTO "candidate" VALUES('92254fe2ac3549b5b87aa87ed3d00280','group','warden');
INSERT INTO "candidate" VALUES('ee3020c28ff446cf928a5ba5aa74132c','group','warden');
INSERT INTO "candidate" VALUES('e231c89add774ff1aab67e46423781de','group','warden');
INSERT INTO "candidate" VALUES('880a88c0ef1a4f64bd240f1ad51e1a9c','group','warden');
INSERT INTO "candidate" VALUES('17c810d978c04b7bacea391f808841c9','group','warden');
INSERT INTO "candidate" VALUES('ab401a414cc8473db3b5b2394e913b1a','group','warden');
INSERT INTO "candidate" VALUES('1c7e160727e14347ba7705e559dfc2d3','group','warden');
INSERT INTO "candidate" VALUES('4b5161be98164b1ab211f2aa01fbdfe2','group','warden');
INSERT INTO "candidate" VALUES('2ef82fda638546f68315a1aaf246e63a','group','warden');
INSERT INTO "candidate" VALUES('18b24bdc01904f118fa8655ecd9069ef','group','warden');
INSERT INTO "candidate" VALUES('a268b5cd3f144ddab7699c2935b46d10','group','warden');
INSERT INTO "candidate" VALUES('39bc1a7eee8548ecbd53c8493c1d37c9','group','warden');
INSERT INTO "candidate" VALUES('319e3c51705345b59213e0af5d76ecb1','group','warden');
INSERT INTO "candidate" VALUES('3098e630da03436b97d5634707e6e14c','group','warden');
INSERT INTO "candidate" VALUES('a58f1f547994483d82250570e20b8ab8','group','warden');
INSERT INTO "candidate" VALUES('e200a9bd04c84275b32432d74c06db49','group','warden');
INSERT INTO "candidate" VALUES('419892d6679f401f941977722215cf82','group','warden');
INSERT INTO "candidate" VALUES('c64e739abf9e4f7597720bdf249644c2','group','warden');
INSERT INTO "candidate" VALUES('2a58741623ee494e8f9a3a993df2a211','group','warden');
INSERT INTO "candidate" VALUES('06e0be03de664db8b448267d1d7f5ae4','group','warden');
INSERT INTO "candidate" VALUES('891b86b2788441e4945b2f9019915c02','group','warden');
INSERT INTO "candidate" VALUES('2844532dfab54230863c537e45834ff3','group','warden');
INSERT INTO "candidate" VALUES('be2a982bbe5e43a4a2bdaacf6a07d94d','group','warden');
INSERT INTO "candidate" VALUES('6cdd48d9e481430b9f075dcfa7e6d450','group','warden');
INSERT INTO "candidate" VALUES('81f6b77eab104b839b8dacdb0d2b86b3','group','warden');
CREATE TABLE deadline (
	id INTEGER NOT NULL, 
	token CHAR(32) NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	host_element_id VARCHAR NOT NULL, 
	host_token CHAR(32), 
	name VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	counting VARCHAR NOT NULL, 
	counted_from DATE NOT NULL, 
	due_on DATE NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	ended_at DATETIME, 
	reason VARCHAR NOT NULL, 
	reason_by CHAR(32), 
	reason_at DATETIME, 
	CONSTRAINT pk_deadline PRIMARY KEY (id), 
	CONSTRAINT fk_deadline_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT fk_deadline_reason_by FOREIGN KEY(reason_by) REFERENCES person (id)
);
INSERT INTO "deadline" VALUES(1,'ee3f31ecc61a4cee82a3265a39a265a7','ce2cb677651e4632a3554952d83fd765','statutory_period','b','dig','b9c8adde68e14a5cb25be1d9ed1c74d2','Answer','','14 calendar days from 3 March 2026 → 17 March 2026','2026-03-03','2026-03-17','running',NULL,'',NULL,NULL);
CREATE TABLE deployed_file (
	id INTEGER NOT NULL, 
	deployment_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	content BLOB, 
	CONSTRAINT pk_deployed_file PRIMARY KEY (id), 
	CONSTRAINT fk_deployed_file_deployment_id FOREIGN KEY(deployment_id) REFERENCES deployment (id), 
	CONSTRAINT uq_deployed_file_deployment_id_path UNIQUE (deployment_id, path)
);
CREATE TABLE deployment (
	id INTEGER NOT NULL, 
	procedure_key VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	checksum VARCHAR NOT NULL, 
	deployed_at DATETIME NOT NULL, 
	deployed_by VARCHAR NOT NULL, 
	CONSTRAINT pk_deployment PRIMARY KEY (id), 
	CONSTRAINT uq_deployment_procedure_key_version UNIQUE (procedure_key, version)
);
INSERT INTO "deployment" VALUES(1,'garden','Garden',1,'cfce35d2ebf9fd5337e669ef85a0df6a7965c0f8cf937563faa3d64d81bcc33a','2026-03-03 09:00:00.073726','Casework');
CREATE TABLE document (
	id CHAR(32) NOT NULL, 
	instance_id CHAR(32), 
	draft_id CHAR(32), 
	task_id CHAR(32), 
	field VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	uploaded_at DATETIME NOT NULL, 
	uploaded_by CHAR(32), 
	content BLOB, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT fk_document_draft_id FOREIGN KEY(draft_id) REFERENCES draft (id), 
	CONSTRAINT fk_document_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT fk_document_task_id FOREIGN KEY(task_id) REFERENCES user_task (id), 
	CONSTRAINT fk_document_uploaded_by FOREIGN KEY(uploaded_by) REFERENCES person (id)
);
INSERT INTO "document" VALUES('aca66bbeeee1441cbd1bd6c608752a38','ab3f73acdf0f4c6ea73f0a9772bbe9b0',NULL,NULL,'f-map','map.txt','text/plain',5,'','2026-03-03 09:00:00.381416',NULL,X'6E6F727468');
CREATE TABLE draft (
	id CHAR(32) NOT NULL, 
	task_id CHAR(32), 
	start_key VARCHAR, 
	owner VARCHAR, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	saved_at DATETIME NOT NULL, 
	CONSTRAINT pk_draft PRIMARY KEY (id), 
	CONSTRAINT fk_draft_task_id FOREIGN KEY(task_id) REFERENCES user_task (id), 
	CONSTRAINT uq_draft_start_key_owner UNIQUE (start_key, owner), 
	CONSTRAINT uq_draft_task_id UNIQUE (task_id)
);
INSERT INTO "draft" VALUES('359901df9ca6423997e20b6d28a34f2f','aca66bbeeee1441cbd1bd6c608752a38',NULL,NULL,1,'2026-03-03 09:00:00.361822','2026-03-03 09:00:00.366300');
CREATE TABLE draft_field (
	id INTEGER NOT NULL, 
	draft_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	version INTEGER NOT NULL, 
	saved_at DATETIME NOT NULL, 
	saved_by CHAR(32), 
	past JSON NOT NULL, 
	CONSTRAINT pk_draft_field PRIMARY KEY (id), 
	CONSTRAINT fk_draft_field_draft_id FOREIGN KEY(draft_id) REFERENCES draft (id), 
	CONSTRAINT fk_draft_field_saved_by FOREIGN KEY(saved_by) REFERENCES person (id), 
	CONSTRAINT uq_draft_field_draft_id_name UNIQUE (draft_id, name)
);
INSERT INTO "draft_field" VALUES(1,'359901df9ca6423997e20b6d28a34f2f','f-note','["half a sen"]',1,'2026-03-03 09:00:00.371816','02a842c78a9242b1a3fdf78a05ab3a19','[]');
CREATE TABLE history_event (
	id INTEGER NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	what VARCHAR NOT NULL, 
	actor_id CHAR(32), 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	token CHAR(32), 
	detail JSON NOT NULL, 
	hash VARCHAR NOT NULL, 
	CONSTRAINT pk_history_event PRIMARY KEY (id), 
	CONSTRAINT fk_history_event_actor_id FOREIGN KEY(actor_id) REFERENCES person (id), 
	CONSTRAINT fk_history_event_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT uq_history_event_instance_id_number UNIQUE (instance_id, number)
);
INSERT INTO "history_event" VALUES(1,'ab3f73acdf0f4c6ea73f0a9772bbe9b0',1,'2026-03-03 09:00:00.104249','case_started',NULL,'','',NULL,'{}','358f746dbb9d2f9243aa21bae2f07c6e4d166bb1c5911dae2004b80a3291818a');
INSERT INTO "history_event" VALUES(2,'ab3f73acdf0f4c6ea73f0a9772bbe9b0',2,'2026-03-03 09:00:00.103451','entered',NULL,'user_task','start','b8c1560caa9a43a3a50941e9eb58020d','{"name": "start"}','a527e287bb052909a8995b0d89bce1c873a6f84eef3865068277292a9442654d');
INSERT INTO "history_event" VALUES(3,'ab3f73acdf0f4c6ea73f0a9772bbe9b0',3,'2026-03-03 09:00:00.103451','completed',NULL,'user_task','start','b8c1560caa9a43a3a50941e9eb58020d','{"name": "start"}','de9d2087c412cc85e9f0df4fb8cfca051aaecd5ced6f0ec965eb82399bcd2714');
INSERT INTO "history_event" VALUES(4,'ab3f73acdf0f4c6ea73f0a9772bbe9b0',4,'2026-03-03 09:00:00.103451','entered',NULL,'user_task','dig','aca66bbeeee1441cbd1bd6c608752a38','{"name": "Dig"}','f2f6190de2d3300cd97395efea8359616c4ff5052fd45849a83636cb963c2a11');
INSERT INTO "history_event" VALUES(5,'15bd2c6d48b348039729333350ef3f82',1,'2026-03-03 09:00:00.114925','case_started',NULL,'','',NULL,'{}','643898c482adfb1ad633a45663d68889bfcd6181cbff0089dbeb5608e9080999');
INSERT INTO "history_event" VALUES(6,'15bd2c6d48b348039729333350ef3f82',2,'2026-03-03 09:00:00.114378','entered',NULL,'letter_written','start','d65c638467a94261986a840299efa050','{"name": "start"}','d9c4ffe37490edab8525f3ccb0fc3735f05a6f4dadb30586579aff8a6a451d78');
INSERT INTO "history_event" VALUES(7,'15bd2c6d48b348039729333350ef3f82',3,'2026-03-03 09:00:00.114378','completed',NULL,'letter_written','start','d65c638467a94261986a840299efa050','{"name": "start"}','73a96ce6436cdb73a723aeec1120ae2bbfe8a21c0cf90da4532bb984e33b42bc');
INSERT INTO "history_event" VALUES(8,'15bd2c6d48b348039729333350ef3f82',4,'2026-03-03 09:00:00.114378','entered',NULL,'letter_written','tell','0929f990ac7b4550908e888cc0134582','{"name": "tell"}','30015eb876a30c520f3f1afacda50c66d6927fb34630d667bf1343ac2e102dfc');
INSERT INTO "history_event" VALUES(9,'aeca06697ef745919b3b81bb79a294a8',1,'2026-03-03 09:00:00.125714','case_started',NULL,'','',NULL,'{}','81974207102cd5352d7337174376831d6860cf56420b2cb4aebb26238b1c855f');
INSERT INTO "history_event" VALUES(10,'aeca06697ef745919b3b81bb79a294a8',2,'2026-03-03 09:00:00.125147','entered',NULL,'timer_duration','start','d9a43f9f5838400db7f180d72b915a8d','{"name": "start"}','2bc10ea61c1bafeaacaac74d9bd566fae6b0c489a2396e3d75962e00a71ae9b5');
INSERT INTO "history_event" VALUES(11,'aeca06697ef745919b3b81bb79a294a8',3,'2026-03-03 09:00:00.125147','completed',NULL,'timer_duration','start','d9a43f9f5838400db7f180d72b915a8d','{"name": "start"}','8ab4ab92eec94cd29b8b20b0d9ad7e493d959c79ec6f5807d2ec1cd9b032e9ce');
INSERT INTO "history_event" VALUES(12,'aeca06697ef745919b3b81bb79a294a8',4,'2026-03-03 09:00:00.125147','entered',NULL,'timer_duration','pause','957d003d88944c9db78c41e7e1be799d','{"name": "pause"}','0fd6549966d0b2473fc517b2ff9bad6d7370701dbe5776ca28c77d6e6c088a0b');
INSERT INTO "history_event" VALUES(13,'cc55d978724d41e4b796827dc15e54d7',1,'2026-03-03 09:00:00.131678','case_started',NULL,'','',NULL,'{}','28e5cd85c204a79c459f8925ac54fc2389cb5f80f894c5f921596f5097253733');
INSERT INTO "history_event" VALUES(14,'cc55d978724d41e4b796827dc15e54d7',2,'2026-03-03 09:00:00.131001','entered',NULL,'timer_date','start','6e6bfe428dc044eb9cc7c143b504f30f','{"name": "start"}','ed68830c76857c7f979f4da3946ff83a81438dcba846fda040b189e7992eb5d8');
INSERT INTO "history_event" VALUES(15,'cc55d978724d41e4b796827dc15e54d7',3,'2026-03-03 09:00:00.131001','completed',NULL,'timer_date','start','6e6bfe428dc044eb9cc7c143b504f30f','{"name": "start"}','d3bb81ebe2f01a34906aac70702d2533890d971342f422fdd8fd810858138475');
INSERT INTO "history_event" VALUES(16,'cc55d978724d41e4b796827dc15e54d7',4,'2026-03-03 09:00:00.131001','entered',NULL,'timer_date','day','9363805492fc46a6adfdedbca8f0c277','{"name": "day"}','2f95859d12c19000763f3071cd591e8757a1acc717a33f333df0c14d6ecb6da5');
INSERT INTO "history_event" VALUES(17,'c70a0f7b2c124d328a736d1c5c7d1a5a',1,'2026-03-03 09:00:00.136330','case_started',NULL,'','',NULL,'{}','932dd1ba2203cdc396411bc37f4d69998db3c2a15a9bbe9ab1b84d4039e6bd13');
INSERT INTO "history_event" VALUES(18,'c70a0f7b2c124d328a736d1c5c7d1a5a',2,'2026-03-03 09:00:00.135772','entered',NULL,'message','start','83e03a737a4746f4819e505016f1d37f','{"name": "start"}','7ad9a1923de311ccb1ab09b107c9b9eea4bed76b896fbdb746668263931fb98e');
INSERT INTO "history_event" VALUES(19,'c70a0f7b2c124d328a736d1c5c7d1a5a',3,'2026-03-03 09:00:00.135772','completed',NULL,'message','start','83e03a737a4746f4819e505016f1d37f','{"name": "start"}','ed51ee4116ecff4bc0242bcff58efe3282033bfc396f8d243303723ac031a9e5');
INSERT INTO "history_event" VALUES(20,'c70a0f7b2c124d328a736d1c5c7d1a5a',4,'2026-03-03 09:00:00.135772','entered',NULL,'message','hear','0a8c5a9300c948c2a27b671b559cf5bc','{"name": "hear"}','6b84d362f5debd6a2ed58f2f6e43f7255f2641c4255ba5daba83a85d02e52bb1');
INSERT INTO "history_event" VALUES(21,'617aff331fdf4aa096293267743ecdd7',1,'2026-03-03 09:00:00.141976','case_started',NULL,'','',NULL,'{}','598c9cf853ebf9e27e1af40377462ee5ee3da5a84dee9fdcbde1f01ae649d99c');
INSERT INTO "history_event" VALUES(22,'617aff331fdf4aa096293267743ecdd7',2,'2026-03-03 09:00:00.141475','entered',NULL,'receive_task','start','5cb680b2794b464f87c00a2ae9124697','{"name": "start"}','e48132e41f9210caebdfafd1f907e589969aed929eebbf6e9d638c47f91e9d10');
INSERT INTO "history_event" VALUES(23,'617aff331fdf4aa096293267743ecdd7',3,'2026-03-03 09:00:00.141475','completed',NULL,'receive_task','start','5cb680b2794b464f87c00a2ae9124697','{"name": "start"}','1866804666f7057c0aff427975f8d926f6198e1976d38b6a45f9a0ea7cf68ccd');
INSERT INTO "history_event" VALUES(24,'617aff331fdf4aa096293267743ecdd7',4,'2026-03-03 09:00:00.141475','entered',NULL,'receive_task','take','03d219369efe4d04810d6c862f4fdea0','{"name": "take"}','3cc37ccb4102ffdafeddba2b5116a56c738aadc3065706de19455b15f796df6e');
INSERT INTO "history_event" VALUES(25,'971307b2764d4eb5bd5a2f5561aad636',1,'2026-03-03 09:00:00.150557','case_started',NULL,'','',NULL,'{}','cd2958e56b7e89b63e38e8ab25926996213ed483ac46c4bb2764b6cea8b8640f');
INSERT INTO "history_event" VALUES(26,'971307b2764d4eb5bd5a2f5561aad636',2,'2026-03-03 09:00:00.150218','entered',NULL,'signal','start','016059203af94fb3bca35f986aa1bde2','{"name": "start"}','105dd857a38739ae6ef2d5adc014c487b4fa3ffcc5919c96fd748663ccd955a6');
INSERT INTO "history_event" VALUES(27,'971307b2764d4eb5bd5a2f5561aad636',3,'2026-03-03 09:00:00.150218','completed',NULL,'signal','start','016059203af94fb3bca35f986aa1bde2','{"name": "start"}','c203bb45e80745cbbcf06aa3159511e4adfedeeb959eaceaa3312219110479f8');
INSERT INTO "history_event" VALUES(28,'971307b2764d4eb5bd5a2f5561aad636',4,'2026-03-03 09:00:00.150218','entered',NULL,'signal','look_up','d6dead76c39d47b5851ef43a6c406af5','{"name": "look_up"}','b2d90aa17e95a7ca116f285202435a0631ce50657f3a1698a56e230b34fa7416');
INSERT INTO "history_event" VALUES(29,'9b76961c108242b5acf9afdc7f22de98',1,'2026-03-03 09:00:00.153999','case_started',NULL,'','',NULL,'{}','59528d2d10a7f34bf1b7e5f93e27dbc226f92005ffdb9040bfc83d782ecb2bc0');
INSERT INTO "history_event" VALUES(30,'9b76961c108242b5acf9afdc7f22de98',2,'2026-03-03 09:00:00.153647','entered',NULL,'a_herald','start','3d16691aab214f22bec6b65ff7c173bf','{"name": "start"}','f77cac86813e15242df8f20eb4623d7ac3cc06d18d19e4941221c5fb8f3bca38');
INSERT INTO "history_event" VALUES(31,'9b76961c108242b5acf9afdc7f22de98',3,'2026-03-03 09:00:00.153647','completed',NULL,'a_herald','start','3d16691aab214f22bec6b65ff7c173bf','{"name": "start"}','993b7ed1a323beaddb813f0e1fec7783775c98582849d3d26aaf04d8e585ef81');
INSERT INTO "history_event" VALUES(32,'9b76961c108242b5acf9afdc7f22de98',4,'2026-03-03 09:00:00.153647','entered',NULL,'a_herald','watch','b68e244e2369496c90318f276ca373a5','{"name": "Watch"}','9ca6ac20b0b854ec19cf6d52cdecce72b81664c8e11ebba59c2c2e783c4a8f6c');
INSERT INTO "history_event" VALUES(33,'17877d0a9842454e82e14530b6e99598',1,'2026-03-03 09:00:00.158308','case_started',NULL,'','',NULL,'{}','d2cfdbf547c805b01ebf3c16f0ef47497996a62d2692ceb70527c13e1407578e');
INSERT INTO "history_event" VALUES(34,'17877d0a9842454e82e14530b6e99598',2,'2026-03-03 09:00:00.157646','entered',NULL,'event_gateway','start','d7427c271230456ab0f5d6d78a6ae9c5','{"name": "start"}','78cfd233b4aa8475eebfd018fd8d00fd2ca372a38224e586aac21084d591165f');
INSERT INTO "history_event" VALUES(35,'17877d0a9842454e82e14530b6e99598',3,'2026-03-03 09:00:00.157646','completed',NULL,'event_gateway','start','d7427c271230456ab0f5d6d78a6ae9c5','{"name": "start"}','5ce829dcfcb58f372effec65af24644c9a7c3681b6cc76098ed611b4a0a24bff');
INSERT INTO "history_event" VALUES(36,'17877d0a9842454e82e14530b6e99598',4,'2026-03-03 09:00:00.157646','entered',NULL,'event_gateway','either','d665d9fb30914478b8782d639da30f9c','{"name": "either"}','51dc49c07ca9a7d256ab38ed4f5fcb6d7bd1939952fffd4c8ec57d15e8520ae8');
INSERT INTO "history_event" VALUES(37,'17877d0a9842454e82e14530b6e99598',5,'2026-03-03 09:00:00.157646','completed',NULL,'event_gateway','either','d665d9fb30914478b8782d639da30f9c','{"name": "either"}','3393bbd82e546c485c6aaea03a56f07fdedbf404f0b483ab154febf1badb477b');
INSERT INTO "history_event" VALUES(38,'17877d0a9842454e82e14530b6e99598',6,'2026-03-03 09:00:00.157646','entered',NULL,'event_gateway','hear','0721e7c269ed4ff18bb7b1008e692db5','{"name": "hear"}','517ee947f32c687f6e981e41fb08e37d9e3e938a601b0a02f839f536b65c11b7');
INSERT INTO "history_event" VALUES(39,'17877d0a9842454e82e14530b6e99598',7,'2026-03-03 09:00:00.157646','entered',NULL,'event_gateway','pause','56049c162f2b4d26b51dd102efd1d1fb','{"name": "pause"}','31942a4f510efaefea4e28e16d3dbb289cea86f739139ae4d6f2a45ac8cd9010');
INSERT INTO "history_event" VALUES(40,'89f3ebc38bc34a5aadfc03ad56a68da0',1,'2026-03-03 09:00:00.162059','case_started',NULL,'','',NULL,'{}','5ea123be83087f343928904880ac019d29108f645287e1a8016e104a955ed0c3');
INSERT INTO "history_event" VALUES(41,'89f3ebc38bc34a5aadfc03ad56a68da0',2,'2026-03-03 09:00:00.161633','entered',NULL,'early_message','start','107c02c32af34dd0a57d1598be17e687','{"name": "start"}','278ad70f2c8c263b3a95c1960ea1ebfe791c130eb47e02caf9b602a7f484b32f');
INSERT INTO "history_event" VALUES(42,'89f3ebc38bc34a5aadfc03ad56a68da0',3,'2026-03-03 09:00:00.161633','completed',NULL,'early_message','start','107c02c32af34dd0a57d1598be17e687','{"name": "start"}','18d52a8375ae3282cbbbfccb1878403426efefd8538fd7e04981783c8716a271');
INSERT INTO "history_event" VALUES(43,'89f3ebc38bc34a5aadfc03ad56a68da0',4,'2026-03-03 09:00:00.161633','entered',NULL,'early_message','send_early','0342f45218bf4ea5bc96748b334f918f','{"name": "send_early"}','3a0ca90109f907e937d2c667f6d626b97d8a0981fe01c6cc8ef59438f36a4ba8');
INSERT INTO "history_event" VALUES(44,'89f3ebc38bc34a5aadfc03ad56a68da0',5,'2026-03-03 09:00:00.161633','completed',NULL,'early_message','send_early','0342f45218bf4ea5bc96748b334f918f','{"name": "send_early"}','78eef8357d7e3f436da6278f7ee64143b6d3817228fd54345278170c768a4176');
INSERT INTO "history_event" VALUES(45,'89f3ebc38bc34a5aadfc03ad56a68da0',6,'2026-03-03 09:00:00.161633','entered',NULL,'early_message','go_on','c94f32755d2b4ce9b867c6f09987e948','{"name": "Go on"}','7fb223e8c746c53c9b76237e128d159c0f8b9cb2d8a0056c61d3a2ecae881385');
INSERT INTO "history_event" VALUES(46,'a2d2f027bb0b44129b62a0ac6a11affd',1,'2026-03-03 09:00:00.167027','case_started',NULL,'','',NULL,'{}','43564b9aa1c7f84d8df17cf8295a68f6208156ea1eaf3b8efd81cd2e4494f96f');
INSERT INTO "history_event" VALUES(47,'a2d2f027bb0b44129b62a0ac6a11affd',2,'2026-03-03 09:00:00.166774','entered',NULL,'late_listener','start','32210fb49e9e4bb88640ef1242efeac5','{"name": "start"}','b6c6e04f9c28b8cd90783064f86904401b4f3da79ef0d2d116919c70b8c3b3a3');
INSERT INTO "history_event" VALUES(48,'a2d2f027bb0b44129b62a0ac6a11affd',3,'2026-03-03 09:00:00.166774','completed',NULL,'late_listener','start','32210fb49e9e4bb88640ef1242efeac5','{"name": "start"}','84a6d46f0232dc48384f964ca3c5ddbdd1037cc6523d0bfb0f1430399b0265f5');
INSERT INTO "history_event" VALUES(49,'a2d2f027bb0b44129b62a0ac6a11affd',4,'2026-03-03 09:00:00.166774','entered',NULL,'late_listener','open_ears','3f37d715c79346d59bad858653fcee44','{"name": "Open ears"}','e574e539d1b0d0515e1fd86194d2ae018c47825b5ae26ee27d389a7e1f23f723');
INSERT INTO "history_event" VALUES(50,'b90a496b7c354624a79dc56f4cac3213',1,'2026-03-03 09:00:00.172165','case_started',NULL,'','',NULL,'{}','3604ef6515bfd4c4b4f3c6fe47262154a764277e7b93eb922277c6af331d785b');
INSERT INTO "history_event" VALUES(51,'b90a496b7c354624a79dc56f4cac3213',2,'2026-03-03 09:00:00.171886','entered',NULL,'large_variables','start','e5a6ee117bca4b5baf3558d37caee7c5','{"name": "start"}','cb061d923d0aaa0f3c098de83aa5ecd71fc7cc6813099391cec1f42cb48ce2c1');
INSERT INTO "history_event" VALUES(52,'b90a496b7c354624a79dc56f4cac3213',3,'2026-03-03 09:00:00.171886','completed',NULL,'large_variables','start','e5a6ee117bca4b5baf3558d37caee7c5','{"name": "start"}','d746e59665c5202b60f9cf022fe483f0e10d0c4cfbbe88cd46d6adb6bf898970');
INSERT INTO "history_event" VALUES(53,'b90a496b7c354624a79dc56f4cac3213',4,'2026-03-03 09:00:00.171886','entered',NULL,'large_variables','dig','ae7a054ad5504acc8159b2d4208956fc','{"name": "Dig"}','2649004cb40df7280ca3726211cd0ecdd58b063e6cab9ba88a5c3de0ec333a02');
INSERT INTO "history_event" VALUES(54,'91a8c7e31fc547c4bc3c5024283a1ad6',1,'2026-03-03 09:00:00.176444','case_started',NULL,'','',NULL,'{}','eec5d8aa922fbc747d8cad3d906f59014d35781615dd0c03f73c87b58d4bbec8');
INSERT INTO "history_event" VALUES(55,'91a8c7e31fc547c4bc3c5024283a1ad6',2,'2026-03-03 09:00:00.175985','entered',NULL,'boundary_timer','start','a14b2b7ddd50420e8a439469ee684a0c','{"name": "start"}','cf31fcfdd67e240b4f6b940a3f02444488909aaee22419b0bd22995a6f42ff12');
INSERT INTO "history_event" VALUES(56,'91a8c7e31fc547c4bc3c5024283a1ad6',3,'2026-03-03 09:00:00.175985','completed',NULL,'boundary_timer','start','a14b2b7ddd50420e8a439469ee684a0c','{"name": "start"}','cbbd82289c4f4f91af1d1b42469fc1a9c65ad6ec782d1092892028b4c0846e0a');
INSERT INTO "history_event" VALUES(57,'91a8c7e31fc547c4bc3c5024283a1ad6',4,'2026-03-03 09:00:00.175985','entered',NULL,'boundary_timer','dig','4d81f3bba0314b018b37a765eeeabc80','{"name": "Dig"}','cbae47ea104ce9d01559e23ccc13cbe5ca48147136d573b103e5fe7635d233a2');
INSERT INTO "history_event" VALUES(58,'aabf6738b1864ff18bcd14a90af60056',1,'2026-03-03 09:00:00.180395','case_started',NULL,'','',NULL,'{}','e20ae20740170bcacd0aea97e833fdeb5ea42a3a33bb59e7fc83439beffae94e');
INSERT INTO "history_event" VALUES(59,'aabf6738b1864ff18bcd14a90af60056',2,'2026-03-03 09:00:00.179960','entered',NULL,'boundary_cycle','start','8d83daf372e941fbae104c12ceb203fa','{"name": "start"}','7ce8f9f5b0b3a83c88ccdddf4dea80aafddb79b07f9bbef1bbd2ed3502e938e3');
INSERT INTO "history_event" VALUES(60,'aabf6738b1864ff18bcd14a90af60056',3,'2026-03-03 09:00:00.179960','completed',NULL,'boundary_cycle','start','8d83daf372e941fbae104c12ceb203fa','{"name": "start"}','687bbd943d9e2d577fe9cd2e490cd3f3b4f72555872d1797e2d3e6f684602d45');
INSERT INTO "history_event" VALUES(61,'aabf6738b1864ff18bcd14a90af60056',4,'2026-03-03 09:00:00.179960','entered',NULL,'boundary_cycle','dig','06c7de3484a34ad3aee726651cf4806d','{"name": "Dig"}','2118f4d70a8dd7355f0589b680f955aa027e9d612a817d64666f8df6ca8e1ca2');
INSERT INTO "history_event" VALUES(62,'ce2cb677651e4632a3554952d83fd765',1,'2026-03-03 09:00:00.184270','case_started',NULL,'','',NULL,'{}','c515e0172711b0246bf5200fc3e17600f441de91927c1f0e8ffd6dea305b1b5f');
INSERT INTO "history_event" VALUES(63,'ce2cb677651e4632a3554952d83fd765',2,'2026-03-03 09:00:00.183883','entered',NULL,'statutory_period','start','125f29029d154b78bd80647e379f2ffc','{"name": "start"}','5fc4fd80c80ba39e648ea46c3f064158ce4bc0a446d47341a26235123bb35b49');
INSERT INTO "history_event" VALUES(64,'ce2cb677651e4632a3554952d83fd765',3,'2026-03-03 09:00:00.183883','completed',NULL,'statutory_period','start','125f29029d154b78bd80647e379f2ffc','{"name": "start"}','dd2b7fd2f2008c5d52c53d1c3b0d8d12bb33a293fee255e57770114e28e8e905');
INSERT INTO "history_event" VALUES(65,'ce2cb677651e4632a3554952d83fd765',4,'2026-03-03 09:00:00.183883','entered',NULL,'statutory_period','dig','b9c8adde68e14a5cb25be1d9ed1c74d2','{"name": "Dig"}','573483e415e6d7db820c7cb3d53c1e20c2d0d199248ab1b9d6d8c727be3f0fb9');
INSERT INTO "history_event" VALUES(66,'3af1d31303be4c57891d91641d7b6c86',1,'2026-03-03 09:00:00.189700','case_started',NULL,'','',NULL,'{}','7c7a52f5b80885a1cac6fe8c655dd6de446562398fc3e9e34a90525a6c5bdfca');
INSERT INTO "history_event" VALUES(67,'3af1d31303be4c57891d91641d7b6c86',2,'2026-03-03 09:00:00.189206','entered',NULL,'boundary_message','start','63978023de974a4b913456ea6ea8a505','{"name": "start"}','a356100af1cb746137f1fc5add5f8da59a497cfa16d30cddbae24683ae34312a');
INSERT INTO "history_event" VALUES(68,'3af1d31303be4c57891d91641d7b6c86',3,'2026-03-03 09:00:00.189206','completed',NULL,'boundary_message','start','63978023de974a4b913456ea6ea8a505','{"name": "start"}','f6968b66bcb25c022d520e3516f0dae4c3449ace6b4a145c56cd676a20198d25');
INSERT INTO "history_event" VALUES(69,'3af1d31303be4c57891d91641d7b6c86',4,'2026-03-03 09:00:00.189206','entered',NULL,'boundary_message','dig','f1be338c3c8c49889eaefe5b90d60913','{"name": "Dig"}','28559501bef8e7a47b1883d01d2c288595b063d4e3161d52b72c512030067ae2');
INSERT INTO "history_event" VALUES(70,'c9f5b8e6440f4f4bab37f46f08b2206c',1,'2026-03-03 09:00:00.193834','case_started',NULL,'','',NULL,'{}','4fdf85af1b52bf0975bbfded91f1a5b5ceb4d42522c37bdf082e2a728f2a0e88');
INSERT INTO "history_event" VALUES(71,'c9f5b8e6440f4f4bab37f46f08b2206c',2,'2026-03-03 09:00:00.193418','entered',NULL,'boundary_message_beside','start','9a9ed7cbede5474ea7b5ce145b9d1d24','{"name": "start"}','d6b81018c7e01713b3c1a4fcbf277319f6a08bed502b5491a2aeeacb500e538a');
INSERT INTO "history_event" VALUES(72,'c9f5b8e6440f4f4bab37f46f08b2206c',3,'2026-03-03 09:00:00.193418','completed',NULL,'boundary_message_beside','start','9a9ed7cbede5474ea7b5ce145b9d1d24','{"name": "start"}','4b78fc4293afac7a209ff00662aa7dcc391f6041ed84ee53561127d8f6294ffb');
INSERT INTO "history_event" VALUES(73,'c9f5b8e6440f4f4bab37f46f08b2206c',4,'2026-03-03 09:00:00.193418','entered',NULL,'boundary_message_beside','dig','92254fe2ac3549b5b87aa87ed3d00280','{"name": "Dig"}','8a77d520b433fc36361f6da7490546ac491d3d5306fd5679874a9160c274db24');
INSERT INTO "history_event" VALUES(74,'2ad57351bbe544258349243a7a1777fa',1,'2026-03-03 09:00:00.197459','case_started',NULL,'','',NULL,'{}','de9708d9f86357fea22d6b222b5699a250593164736a9a626a993f3e83763a10');
INSERT INTO "history_event" VALUES(75,'2ad57351bbe544258349243a7a1777fa',2,'2026-03-03 09:00:00.197145','entered',NULL,'boundary_signal','start','b6ef8a13504943fbba0ae04ba2e3216b','{"name": "start"}','49f541622a77438fc2ff538f0bc1234dd50305e5d3be3b1fbcfec15595a06359');
INSERT INTO "history_event" VALUES(76,'2ad57351bbe544258349243a7a1777fa',3,'2026-03-03 09:00:00.197145','completed',NULL,'boundary_signal','start','b6ef8a13504943fbba0ae04ba2e3216b','{"name": "start"}','7488e7508f1d9998ce01d9c52ceed431e3bf69007e8c5bd9568f41bdc0f4e4d0');
INSERT INTO "history_event" VALUES(77,'2ad57351bbe544258349243a7a1777fa',4,'2026-03-03 09:00:00.197145','entered',NULL,'boundary_signal','dig','ee3020c28ff446cf928a5ba5aa74132c','{"name": "Dig"}','70c337023188dfe73555a3621ba41a49af373b4c377f70ae0dc7900384094fc0');
INSERT INTO "history_event" VALUES(78,'89973e484ca54280aff2591776793085',1,'2026-03-03 09:00:00.201323','case_started',NULL,'','',NULL,'{}','0ca3a7211af18a901d877b127b64819e73365e3b4a846302fe8c502e77d1b7bf');
INSERT INTO "history_event" VALUES(79,'89973e484ca54280aff2591776793085',2,'2026-03-03 09:00:00.200808','entered',NULL,'boundary_condition','start','bcd756df3b0447babcdfa8ebb4397811','{"name": "start"}','06bc57df390fda1d93e52adb46b26a5149736d3013ee8e7e8f4c27e26608e523');
INSERT INTO "history_event" VALUES(80,'89973e484ca54280aff2591776793085',3,'2026-03-03 09:00:00.200808','completed',NULL,'boundary_condition','start','bcd756df3b0447babcdfa8ebb4397811','{"name": "start"}','316054fe47115b782e8454db20c23058c0c92a8d252202299b272069cd6eea18');
INSERT INTO "history_event" VALUES(81,'89973e484ca54280aff2591776793085',4,'2026-03-03 09:00:00.200808','entered',NULL,'boundary_condition','fork','3fdbcec281174c648518aa2137167558','{"name": "fork"}','35854640ccc143b04360a40eb4a7fc9dc4ebd8ecc4b21c7409fab88a7f8975bc');
INSERT INTO "history_event" VALUES(82,'89973e484ca54280aff2591776793085',5,'2026-03-03 09:00:00.200808','completed',NULL,'boundary_condition','fork','3fdbcec281174c648518aa2137167558','{"name": "fork"}','a564739d2056e0f52b3e380c0de6abe904991f16772778b2983006d4f05cf383');
INSERT INTO "history_event" VALUES(83,'89973e484ca54280aff2591776793085',6,'2026-03-03 09:00:00.200808','entered',NULL,'boundary_condition','a_raise','e231c89add774ff1aab67e46423781de','{"name": "A raise"}','5c81f6441cffabea14a47d97ccd874b556d9bacdff1b175e73e881061020930b');
INSERT INTO "history_event" VALUES(84,'89973e484ca54280aff2591776793085',7,'2026-03-03 09:00:00.200808','entered',NULL,'boundary_condition','b_dig','880a88c0ef1a4f64bd240f1ad51e1a9c','{"name": "B dig"}','29ed7c57b9ddf1a478a27aa0fc31cc5c7e44e9edf8f25bf75f4dbd491f33e1fe');
INSERT INTO "history_event" VALUES(85,'c5086e55cf994d8c93f1b8dadb91d084',1,'2026-03-03 09:00:00.206900','case_started',NULL,'','',NULL,'{}','709492c198268ac040010e188b53209df41d0a461de54f59bb2eeb1eacc8f62f');
INSERT INTO "history_event" VALUES(86,'c5086e55cf994d8c93f1b8dadb91d084',2,'2026-03-03 09:00:00.206261','entered',NULL,'boundary_error','start','cb26166d3a2c49b9a0ff00247ed7c0b7','{"name": "start"}','91a38823668440f65b3b2cdeedb9277600b95361de041fb1e5fcafff749c0041');
INSERT INTO "history_event" VALUES(87,'c5086e55cf994d8c93f1b8dadb91d084',3,'2026-03-03 09:00:00.206261','completed',NULL,'boundary_error','start','cb26166d3a2c49b9a0ff00247ed7c0b7','{"name": "start"}','5117ff4cb14deeaa9e7b5352f5dca7f1fac3e1cc570086874a8cea4ad49f11e2');
INSERT INTO "history_event" VALUES(88,'c5086e55cf994d8c93f1b8dadb91d084',4,'2026-03-03 09:00:00.206261','entered',NULL,'boundary_error','bed','6c6535d912be489e94c1887507403e4a','{"name": "bed"}','cc26241adbc0b2021b6b8c9e685b56e051574046067d13bc29445ecbcf566998');
INSERT INTO "history_event" VALUES(89,'c5086e55cf994d8c93f1b8dadb91d084',5,'2026-03-03 09:00:00.206261','entered',NULL,'boundary_error','s','b645eda5a7ef445a9055b7a1c5b3219c','{"name": "s"}','de1508363816ee1c86c670b414944087f717bd79fa398c05927d34383969c3ed');
INSERT INTO "history_event" VALUES(90,'c5086e55cf994d8c93f1b8dadb91d084',6,'2026-03-03 09:00:00.206261','completed',NULL,'boundary_error','s','b645eda5a7ef445a9055b7a1c5b3219c','{"name": "s"}','87f8bad3695fd2209b5974e6302325aa17a58e77c61ae1ee0196b2d1546b4eba');
INSERT INTO "history_event" VALUES(91,'c5086e55cf994d8c93f1b8dadb91d084',7,'2026-03-03 09:00:00.206261','entered',NULL,'boundary_error','dig','17c810d978c04b7bacea391f808841c9','{"name": "Dig"}','a5eb35634ff88deb0b45c23aecc00df04a36b9aa230840acb768f8422bbf8873');
INSERT INTO "history_event" VALUES(92,'122ddccb39704e3c92ca9c754ba25334',1,'2026-03-03 09:00:00.211569','case_started',NULL,'','',NULL,'{}','8d5fe0c22d63bda4c585f823ad8e42d5a7cc54731629ab4ebdc9b7b658fec4d7');
INSERT INTO "history_event" VALUES(93,'122ddccb39704e3c92ca9c754ba25334',2,'2026-03-03 09:00:00.211027','entered',NULL,'boundary_escalation','start','11e20dab5dcb410c8871f9e6d4b53002','{"name": "start"}','38e549d294fb958ef3620ca90425feefe841cfd4f704310b3063dfaf7426ffae');
INSERT INTO "history_event" VALUES(94,'122ddccb39704e3c92ca9c754ba25334',3,'2026-03-03 09:00:00.211027','completed',NULL,'boundary_escalation','start','11e20dab5dcb410c8871f9e6d4b53002','{"name": "start"}','91eebf788cb2956d430473f1372d3943b2d270f175c8a83a2685b8e302a6252e');
INSERT INTO "history_event" VALUES(95,'122ddccb39704e3c92ca9c754ba25334',4,'2026-03-03 09:00:00.211027','entered',NULL,'boundary_escalation','bed','fec122486ba64590b49da511941c8cda','{"name": "bed"}','1b58a7530856e631a281abcd3bea8928f1aee3a53218cb6b6f7e387ae0bd068f');
INSERT INTO "history_event" VALUES(96,'122ddccb39704e3c92ca9c754ba25334',5,'2026-03-03 09:00:00.211027','entered',NULL,'boundary_escalation','s','96bbfcbe5d4f42e5baab3f6f03b3aa4c','{"name": "s"}','2ceaba208d157c0b908618ec1159f5939ab3c8c38a4459d84bc7bce66fb6019d');
INSERT INTO "history_event" VALUES(97,'122ddccb39704e3c92ca9c754ba25334',6,'2026-03-03 09:00:00.211027','completed',NULL,'boundary_escalation','s','96bbfcbe5d4f42e5baab3f6f03b3aa4c','{"name": "s"}','aa3380b741d74219495b51776f72a9d888e58ee2850c5602e751ac6f4cdcc5f4');
INSERT INTO "history_event" VALUES(98,'122ddccb39704e3c92ca9c754ba25334',7,'2026-03-03 09:00:00.211027','entered',NULL,'boundary_escalation','dig','ab401a414cc8473db3b5b2394e913b1a','{"name": "Dig"}','89dd00c7ac5e82d0f90ee19ccdb07565c7e6e7c72f260b5bf855dbe4da27d976');
INSERT INTO "history_event" VALUES(99,'ddb1877da56c43779456c0585dfa5604',1,'2026-03-03 09:00:00.216986','case_started',NULL,'','',NULL,'{}','bc58dcb8081102f390206bb25935e24331975bd753d099e769fdba9ed0df87f0');
INSERT INTO "history_event" VALUES(100,'ddb1877da56c43779456c0585dfa5604',2,'2026-03-03 09:00:00.216394','entered',NULL,'cancelled_transaction','start','1d99a647245743ad96cbcdc5ab703581','{"name": "start"}','d82d6d36ccc7206ff7747f7fd806d87d3b8aec2f65525373f950ac468825dfac');
INSERT INTO "history_event" VALUES(101,'ddb1877da56c43779456c0585dfa5604',3,'2026-03-03 09:00:00.216394','completed',NULL,'cancelled_transaction','start','1d99a647245743ad96cbcdc5ab703581','{"name": "start"}','b3c7fa78527ad36279a60a36151c688ba96580adb5e0870618e20332bfd19804');
INSERT INTO "history_event" VALUES(102,'ddb1877da56c43779456c0585dfa5604',4,'2026-03-03 09:00:00.216394','entered',NULL,'cancelled_transaction','bed','3ee293fc905c4e1394008d711a20fe45','{"name": "bed"}','c39a55f03cc30726031046df9ed0e7b090f58278901081dbbc02ed504c193f33');
INSERT INTO "history_event" VALUES(103,'ddb1877da56c43779456c0585dfa5604',5,'2026-03-03 09:00:00.216394','entered',NULL,'cancelled_transaction','s','1ddc324526074bbe934089ef5d88971a','{"name": "s"}','12ba19abc06cc5087d3fa6e33e0fd6a6c0a6d38dd95a68b578dcd292a21e8408');
INSERT INTO "history_event" VALUES(104,'ddb1877da56c43779456c0585dfa5604',6,'2026-03-03 09:00:00.216394','completed',NULL,'cancelled_transaction','s','1ddc324526074bbe934089ef5d88971a','{"name": "s"}','cd418116a5bd31131bfd83ff47b06f218da5fe55b68874f27c4da2158459dd5c');
INSERT INTO "history_event" VALUES(105,'ddb1877da56c43779456c0585dfa5604',7,'2026-03-03 09:00:00.216394','entered',NULL,'cancelled_transaction','dig','1c7e160727e14347ba7705e559dfc2d3','{"name": "Dig"}','0638a7f6e7182cc7a55f46f0f17628116161f1957569341df59e810d26dfcc92');
INSERT INTO "history_event" VALUES(106,'53f162b7a614415bbcf89090cb25b209',1,'2026-03-03 09:00:00.222123','case_started',NULL,'','',NULL,'{}','fda6bd0349f659f6c4fa8212f8fd01543a52e8d96c84619a7a3a29b6d7ad2f00');
INSERT INTO "history_event" VALUES(107,'53f162b7a614415bbcf89090cb25b209',2,'2026-03-03 09:00:00.221391','entered',NULL,'event_sub_process_beside','start','743c9205c1cb40d79cea2add0d3e228b','{"name": "start"}','98bd1a56d86caa3c3dc7cfdb98fe0c27a29576a53c4a373678bb912dae7d1017');
INSERT INTO "history_event" VALUES(108,'53f162b7a614415bbcf89090cb25b209',3,'2026-03-03 09:00:00.221391','completed',NULL,'event_sub_process_beside','start','743c9205c1cb40d79cea2add0d3e228b','{"name": "start"}','4b12a18cb94b98bc85e4f8e21e8b409d03809993dee8a0ac97f5affbeb9b7a26');
INSERT INTO "history_event" VALUES(109,'53f162b7a614415bbcf89090cb25b209',4,'2026-03-03 09:00:00.221391','entered',NULL,'event_sub_process_beside','dig','4b5161be98164b1ab211f2aa01fbdfe2','{"name": "Dig"}','150e00d44c43415b2d0b6a6b592442106c7e52d5ebc0f3a6470f19865e8c9dfd');
INSERT INTO "history_event" VALUES(110,'430bc0a6362b41dbb764c8e07a0ccab7',1,'2026-03-03 09:00:00.227439','case_started',NULL,'','',NULL,'{}','5349e325f914c797d07aedc7556a3c657b99464e8d6e4ad66470b332ad25bac4');
INSERT INTO "history_event" VALUES(111,'430bc0a6362b41dbb764c8e07a0ccab7',2,'2026-03-03 09:00:00.226700','entered',NULL,'event_sub_process_instead','start','393ed52549e4489abcdb99dbf20e2657','{"name": "start"}','88bd8d714d350040547c3febf9b8a1e20c5689f3728439e3a7ae87c6d259685c');
INSERT INTO "history_event" VALUES(112,'430bc0a6362b41dbb764c8e07a0ccab7',3,'2026-03-03 09:00:00.226700','completed',NULL,'event_sub_process_instead','start','393ed52549e4489abcdb99dbf20e2657','{"name": "start"}','97486f09eba163602fe40492eb7a94ca7b63b260f1366f7e9166807f97201652');
INSERT INTO "history_event" VALUES(113,'430bc0a6362b41dbb764c8e07a0ccab7',4,'2026-03-03 09:00:00.226700','entered',NULL,'event_sub_process_instead','dig','2ef82fda638546f68315a1aaf246e63a','{"name": "Dig"}','b4aacbad717fc33090b777c9ac5bd49aa752c558846c6419665d3f590eccc4bf');
INSERT INTO "history_event" VALUES(114,'20ea05093bb94f8cb83a705e8b628656',1,'2026-03-03 09:00:00.231730','case_started',NULL,'','',NULL,'{}','8c88ed1148069aa57a4ce8aa6ee2059d1b4dcd9d87659ccc08669f2102b05278');
INSERT INTO "history_event" VALUES(115,'20ea05093bb94f8cb83a705e8b628656',2,'2026-03-03 09:00:00.231310','entered',NULL,'each_in_turn','start','23334233677141a1a08d754410381556','{"name": "start"}','5e7db6278235beb2da7073722f982e642c92b5a69fa96d897b9280b251fd8652');
INSERT INTO "history_event" VALUES(116,'20ea05093bb94f8cb83a705e8b628656',3,'2026-03-03 09:00:00.231310','completed',NULL,'each_in_turn','start','23334233677141a1a08d754410381556','{"name": "start"}','80e359bd4563c4f51eb60b8cf7c20ed37f3b299c9ef73a36fe3de6e529856bdd');
INSERT INTO "history_event" VALUES(117,'20ea05093bb94f8cb83a705e8b628656',4,'2026-03-03 09:00:00.231310','entered',NULL,'each_in_turn','dig','18b24bdc01904f118fa8655ecd9069ef','{"name": "Dig"}','a4b8ae9d0cb315b8dd76d1ae1bffe85446f52b6e9c5c811c04521e54bdabb3fc');
INSERT INTO "history_event" VALUES(118,'20ea05093bb94f8cb83a705e8b628656',5,'2026-03-03 09:00:00.243553','task_completed','02a842c78a9242b1a3fdf78a05ab3a19','each_in_turn','dig','18b24bdc01904f118fa8655ecd9069ef','{"name": "Dig", "subject": ""}','e40d843359fbb263bb6faf9a5875025087e6e8c23368a7aa5695d8fd4d2bb94b');
INSERT INTO "history_event" VALUES(119,'20ea05093bb94f8cb83a705e8b628656',6,'2026-03-03 09:00:00.243591','completed',NULL,'each_in_turn','dig','18b24bdc01904f118fa8655ecd9069ef','{"name": "Dig"}','9ce6877fb749d9a3826f898e2ed57563d6e3b1286ec0186c613989fc48046fb1');
INSERT INTO "history_event" VALUES(120,'20ea05093bb94f8cb83a705e8b628656',7,'2026-03-03 09:00:00.243591','entered',NULL,'each_in_turn','dig','a268b5cd3f144ddab7699c2935b46d10','{"name": "Dig"}','94c99e3a5570af0cb89c5a398e5e9cca96941bad93a9ee8d9bedfe605025a1a3');
INSERT INTO "history_event" VALUES(121,'6a1c414ea297464597c41c48c3f459cf',1,'2026-03-03 09:00:00.256419','case_started',NULL,'','',NULL,'{}','069bb4ad0fa1a53fdb73eb2a9ff359a43c6e140110c0bba7262b00712eb07860');
INSERT INTO "history_event" VALUES(122,'6a1c414ea297464597c41c48c3f459cf',2,'2026-03-03 09:00:00.255767','entered',NULL,'each_at_once','start','dc00c288cef1472cbe27845f3217b11b','{"name": "start"}','7e14e4d88f1c91d79526315f997d03af4b8293a53b48bbc04f6bd225ce99bde9');
INSERT INTO "history_event" VALUES(123,'6a1c414ea297464597c41c48c3f459cf',3,'2026-03-03 09:00:00.255767','completed',NULL,'each_at_once','start','dc00c288cef1472cbe27845f3217b11b','{"name": "start"}','23265b07db9ad8ee19a0d763d5d3fa4248b3aa7922a8909c594aa4798e905873');
INSERT INTO "history_event" VALUES(124,'6a1c414ea297464597c41c48c3f459cf',4,'2026-03-03 09:00:00.255767','entered',NULL,'each_at_once','dig','39bc1a7eee8548ecbd53c8493c1d37c9','{"name": "Dig"}','0d32b7ab4f9376b5aafa4d29c3e2458270672e7f20e5c776ce955a1087ca1a61');
INSERT INTO "history_event" VALUES(125,'6a1c414ea297464597c41c48c3f459cf',5,'2026-03-03 09:00:00.255767','entered',NULL,'each_at_once','dig','319e3c51705345b59213e0af5d76ecb1','{"name": "Dig"}','2f4a70501a63f6d3d96093ae1bf8eea00898962f57109e191afce0bb4b3a755d');
INSERT INTO "history_event" VALUES(126,'6a1c414ea297464597c41c48c3f459cf',6,'2026-03-03 09:00:00.255767','entered',NULL,'each_at_once','dig','3098e630da03436b97d5634707e6e14c','{"name": "Dig"}','162c33bbd6322cc41310b2ec453da7489379a6f6e5ed105ca26daf11d91e2a5f');
INSERT INTO "history_event" VALUES(127,'6a1c414ea297464597c41c48c3f459cf',7,'2026-03-03 09:00:00.261442','task_completed','02a842c78a9242b1a3fdf78a05ab3a19','each_at_once','dig','39bc1a7eee8548ecbd53c8493c1d37c9','{"name": "Dig", "subject": ""}','9be8914e3ba754e9558d15b91cc4a04839078dfd03b707b914bf202f3d25b639');
INSERT INTO "history_event" VALUES(128,'6a1c414ea297464597c41c48c3f459cf',8,'2026-03-03 09:00:00.261473','completed',NULL,'each_at_once','dig','39bc1a7eee8548ecbd53c8493c1d37c9','{"name": "Dig"}','e661a067225fd4c888fb2792e43aecfeba7cb192ef83764c7fcc0c09f09a010e');
INSERT INTO "history_event" VALUES(129,'cf3bbbf4789b4f25a9332d86068fdb2f',1,'2026-03-03 09:00:00.268437','case_started',NULL,'','',NULL,'{}','518fb33244d75849e3621760594d8c7406ccf4b9333787e1b42ab29d5af5f4f1');
INSERT INTO "history_event" VALUES(130,'cf3bbbf4789b4f25a9332d86068fdb2f',2,'2026-03-03 09:00:00.267715','entered',NULL,'sub_process','start','a54031b1c5a1464d9eb76f7652624582','{"name": "start"}','06e1b0a4c0ec5bc76771d8363533c495a2755abdb354bef1ad48b03b747befa0');
INSERT INTO "history_event" VALUES(131,'cf3bbbf4789b4f25a9332d86068fdb2f',3,'2026-03-03 09:00:00.267715','completed',NULL,'sub_process','start','a54031b1c5a1464d9eb76f7652624582','{"name": "start"}','805306503520abafbe992fc869cbb643fcce3e6d63df9f6b11e7063d4d3b9713');
INSERT INTO "history_event" VALUES(132,'cf3bbbf4789b4f25a9332d86068fdb2f',4,'2026-03-03 09:00:00.267715','entered',NULL,'sub_process','bed','7e610016741d4aefabeb3f1b1f387c03','{"name": "bed"}','9295181408bde1295ab3f9ad810ca89d1956dbbb71694c6f18abefdb0a207b00');
INSERT INTO "history_event" VALUES(133,'cf3bbbf4789b4f25a9332d86068fdb2f',5,'2026-03-03 09:00:00.267715','entered',NULL,'sub_process','s','ba62d8e6e48d40ce81961f3f91178687','{"name": "s"}','2c297059c7cb17437753c3df7a60d9a566bfda47366bf3549dc767abb1893c7a');
INSERT INTO "history_event" VALUES(134,'cf3bbbf4789b4f25a9332d86068fdb2f',6,'2026-03-03 09:00:00.267715','completed',NULL,'sub_process','s','ba62d8e6e48d40ce81961f3f91178687','{"name": "s"}','d1ee591d2b0ad50d649bd29acbad6d14b14d97cd9bfdb1fdfefa69a6b9b60ebd');
INSERT INTO "history_event" VALUES(135,'cf3bbbf4789b4f25a9332d86068fdb2f',7,'2026-03-03 09:00:00.267715','entered',NULL,'sub_process','dig','a58f1f547994483d82250570e20b8ab8','{"name": "Dig"}','4423062d2b9ef43c2b9bd445ba99ec3e85e0bdca2b51da581dc3b04da18043b7');
INSERT INTO "history_event" VALUES(136,'cc597a3347b74ee7b0ac7ba8d0d73843',1,'2026-03-03 09:00:00.273141','case_started',NULL,'','',NULL,'{}','892b8d30f4b254c13ccd9edeece17c58abea7667c02aad7010a1a4702bc66177');
INSERT INTO "history_event" VALUES(137,'cc597a3347b74ee7b0ac7ba8d0d73843',2,'2026-03-03 09:00:00.272584','entered',NULL,'call_activity','start','ac0362f2b0074fb7b08462a12faa9b19','{"name": "start"}','687536a4c3617cd408ef1dda119dbec674cdc72de589866b4c48296952c9110f');
INSERT INTO "history_event" VALUES(138,'cc597a3347b74ee7b0ac7ba8d0d73843',3,'2026-03-03 09:00:00.272584','completed',NULL,'call_activity','start','ac0362f2b0074fb7b08462a12faa9b19','{"name": "start"}','13fd40c7c110fcf059e9f8eca4174b698faf46c376fcbd7ef10d533e1d828428');
INSERT INTO "history_event" VALUES(139,'cc597a3347b74ee7b0ac7ba8d0d73843',4,'2026-03-03 09:00:00.272584','entered',NULL,'call_activity','visit','f01d816b8cce4914a9e864b5ae27db64','{"name": "visit"}','7098cf37c16f01bd6c84322ebdb7b63f2f579b7078dad1e98ab1c8704cc4062a');
INSERT INTO "history_event" VALUES(140,'cc597a3347b74ee7b0ac7ba8d0d73843',5,'2026-03-03 09:00:00.272584','entered',NULL,'called','start','80d337cf91b54edb9d63da8f28ec3245','{"name": "start"}','afb1d739234730b449598f8e5bdf99ab9e29bcd2011dcbd4591a51f1a709dd4c');
INSERT INTO "history_event" VALUES(141,'cc597a3347b74ee7b0ac7ba8d0d73843',6,'2026-03-03 09:00:00.272584','completed',NULL,'called','start','80d337cf91b54edb9d63da8f28ec3245','{"name": "start"}','27da9d435e90f7d49b550fd3c2923f2f5f0902b745702c47e7e78597ef52183b');
INSERT INTO "history_event" VALUES(142,'cc597a3347b74ee7b0ac7ba8d0d73843',7,'2026-03-03 09:00:00.272584','entered',NULL,'called','dig','e200a9bd04c84275b32432d74c06db49','{"name": "Dig"}','f411b7447569fb166211d8466ffe23fdc040310ce75cf6037fab161071b985e9');
INSERT INTO "history_event" VALUES(143,'3c3b0d9d88c746e887976b28ecc65a93',1,'2026-03-03 09:00:00.277622','case_started',NULL,'','',NULL,'{}','81607da831b679d71eb4947069af61a410872767816fcd2684082c832d7390b5');
INSERT INTO "history_event" VALUES(144,'3c3b0d9d88c746e887976b28ecc65a93',2,'2026-03-03 09:00:00.277403','entered',NULL,'called','start','066d3a42c7c1498eafc9893d29fc72f1','{"name": "start"}','bfe4fa94f873befaafe7767b7073129ddb5c61ba12b0d07814d95866be0e2d04');
INSERT INTO "history_event" VALUES(145,'3c3b0d9d88c746e887976b28ecc65a93',3,'2026-03-03 09:00:00.277403','completed',NULL,'called','start','066d3a42c7c1498eafc9893d29fc72f1','{"name": "start"}','e62d98515672d63313bb960aa82260bce2f20b2674e6f9a03a566474c4daf968');
INSERT INTO "history_event" VALUES(146,'3c3b0d9d88c746e887976b28ecc65a93',4,'2026-03-03 09:00:00.277403','entered',NULL,'called','dig','419892d6679f401f941977722215cf82','{"name": "Dig"}','8e5dc798eba820372760a6399cb1c031a48a6dd3450746db2356a13dbff9ecd6');
INSERT INTO "history_event" VALUES(147,'7df2fb4aa33749c6af5791ff3f6ecc9b',1,'2026-03-03 09:00:00.281688','case_started',NULL,'','',NULL,'{}','f0acca5b0bf9226ace67c097d42476e8ac87967a19cb9473fc04d9ac8e9e42a4');
INSERT INTO "history_event" VALUES(148,'7df2fb4aa33749c6af5791ff3f6ecc9b',2,'2026-03-03 09:00:00.281279','entered',NULL,'parallel_join','start','e4060c0fa9474da7ad17b2184f35b242','{"name": "start"}','f2ff596e9f9bab7fab83e41b0d8a65183b339a73840cceeb915ba6d094ad3c41');
INSERT INTO "history_event" VALUES(149,'7df2fb4aa33749c6af5791ff3f6ecc9b',3,'2026-03-03 09:00:00.281279','completed',NULL,'parallel_join','start','e4060c0fa9474da7ad17b2184f35b242','{"name": "start"}','61c5c05d896dac76bb60ffedd6b8be2e617c4d5b87cdfd1b803ae711b078ec2a');
INSERT INTO "history_event" VALUES(150,'7df2fb4aa33749c6af5791ff3f6ecc9b',4,'2026-03-03 09:00:00.281279','entered',NULL,'parallel_join','fork','4ff7ed2200f8425f968042486d475387','{"name": "fork"}','65a927e03039e468d8e56f2133ca342cdf0cc9de3766e87238f30c679d694063');
INSERT INTO "history_event" VALUES(151,'7df2fb4aa33749c6af5791ff3f6ecc9b',5,'2026-03-03 09:00:00.281279','completed',NULL,'parallel_join','fork','4ff7ed2200f8425f968042486d475387','{"name": "fork"}','7dbd8038d66869d7f00b174673053a2ddd6fd690088cb3a951550d8ad3dff7b9');
INSERT INTO "history_event" VALUES(152,'7df2fb4aa33749c6af5791ff3f6ecc9b',6,'2026-03-03 09:00:00.281279','entered',NULL,'parallel_join','a_dig','c64e739abf9e4f7597720bdf249644c2','{"name": "A dig"}','753fb27672ec513dac9de50ac014c695b84217e1f49417ad9f061b509b96224b');
INSERT INTO "history_event" VALUES(153,'7df2fb4aa33749c6af5791ff3f6ecc9b',7,'2026-03-03 09:00:00.281279','entered',NULL,'parallel_join','b_water','2a58741623ee494e8f9a3a993df2a211','{"name": "B water"}','4762a47cfcc4429862d2e5e2bab03caae9f85175327398f052e4bf591a21ca10');
INSERT INTO "history_event" VALUES(154,'7df2fb4aa33749c6af5791ff3f6ecc9b',8,'2026-03-03 09:00:00.286242','task_completed','02a842c78a9242b1a3fdf78a05ab3a19','parallel_join','a_dig','c64e739abf9e4f7597720bdf249644c2','{"name": "A dig", "subject": ""}','d38bf3bc8dc305ab25339a1faac587e6df43fce7d1f777807c38bc65a86b2dc4');
INSERT INTO "history_event" VALUES(155,'7df2fb4aa33749c6af5791ff3f6ecc9b',9,'2026-03-03 09:00:00.286270','completed',NULL,'parallel_join','a_dig','c64e739abf9e4f7597720bdf249644c2','{"name": "A dig"}','632ea4e724ce254c281433d1afc7d25afae9458bc2aee0e9cb55f09828825c21');
INSERT INTO "history_event" VALUES(156,'5577200787e642fcb3c647a70951b665',1,'2026-03-03 09:00:00.290241','case_started',NULL,'','',NULL,'{}','56ab7a916a78c8fd8d10129c19a80a121787a52c915aa229a7bc41e2c70b1970');
INSERT INTO "history_event" VALUES(157,'5577200787e642fcb3c647a70951b665',2,'2026-03-03 09:00:00.289717','entered',NULL,'inclusive_join','start','6ab2db1f4b8e42dbaba7728987015b22','{"name": "start"}','b9b251f9825a103de8ad956a2d84e10f1acf36e4323b66a3510299378c397299');
INSERT INTO "history_event" VALUES(158,'5577200787e642fcb3c647a70951b665',3,'2026-03-03 09:00:00.289717','completed',NULL,'inclusive_join','start','6ab2db1f4b8e42dbaba7728987015b22','{"name": "start"}','67442093d4d5e173c032f63af0cf81c8761da159eba2fdecbe9e5b632dcd9022');
INSERT INTO "history_event" VALUES(159,'5577200787e642fcb3c647a70951b665',4,'2026-03-03 09:00:00.289717','entered',NULL,'inclusive_join','fork','abb87b9f4b254a3cb4eb9169fdfc9840','{"name": "fork"}','3192528800b418dfd3198392ba8935250b19b6933769d0749840cade1a39c114');
INSERT INTO "history_event" VALUES(160,'5577200787e642fcb3c647a70951b665',5,'2026-03-03 09:00:00.289717','completed',NULL,'inclusive_join','fork','abb87b9f4b254a3cb4eb9169fdfc9840','{"name": "fork"}','ab8ff0f973b0cf1147d0ea9b0f2a26600f894376d3d0bcc6ab250d953e558211');
INSERT INTO "history_event" VALUES(161,'5577200787e642fcb3c647a70951b665',6,'2026-03-03 09:00:00.289717','entered',NULL,'inclusive_join','a_dig','06e0be03de664db8b448267d1d7f5ae4','{"name": "A dig"}','b4ca2b63433f8ef352d4c58bee7d54ea7443f6e578336828cc5c1c43e2f340b5');
INSERT INTO "history_event" VALUES(162,'5577200787e642fcb3c647a70951b665',7,'2026-03-03 09:00:00.289717','entered',NULL,'inclusive_join','b_water','891b86b2788441e4945b2f9019915c02','{"name": "B water"}','60af75eea2c85c57e27d2074875c96f5f28467a0ce00453618ec2defc3bd67ef');
INSERT INTO "history_event" VALUES(163,'5577200787e642fcb3c647a70951b665',8,'2026-03-03 09:00:00.294739','task_completed','02a842c78a9242b1a3fdf78a05ab3a19','inclusive_join','a_dig','06e0be03de664db8b448267d1d7f5ae4','{"name": "A dig", "subject": ""}','f1057051487a8d5d41e7e692fa58483166a524c2afa401fd72822ac028514f77');
INSERT INTO "history_event" VALUES(164,'5577200787e642fcb3c647a70951b665',9,'2026-03-03 09:00:00.294766','completed',NULL,'inclusive_join','a_dig','06e0be03de664db8b448267d1d7f5ae4','{"name": "A dig"}','2141a3ef605d896b45ab498720ee4581df258b9c296af962f13e1fcab40de51a');
INSERT INTO "history_event" VALUES(165,'29edab88980840ffa04a7a87f766ca5e',1,'2026-03-03 09:00:00.298544','case_started',NULL,'','',NULL,'{}','75dedd44cfe835bb375aa661ab56da02862a245afbca30d5d564c0b3e5b38e5a');
INSERT INTO "history_event" VALUES(166,'29edab88980840ffa04a7a87f766ca5e',2,'2026-03-03 09:00:00.298177','entered',NULL,'loop','start','fbd074df91054217b6a0c19063ac4d4f','{"name": "start"}','df33ad7615e33770bb3975389cb3a85798be7ce4b6e286846f9d18031505fa33');
INSERT INTO "history_event" VALUES(167,'29edab88980840ffa04a7a87f766ca5e',3,'2026-03-03 09:00:00.298177','completed',NULL,'loop','start','fbd074df91054217b6a0c19063ac4d4f','{"name": "start"}','ac846c1b635b0882464be002da8c476b457c994cd1f9f2c1d03e16c361bb9bb1');
INSERT INTO "history_event" VALUES(168,'29edab88980840ffa04a7a87f766ca5e',4,'2026-03-03 09:00:00.298177','entered',NULL,'loop','again','b84fee3740be48abbfc933cf0943b5e4','{"name": "again"}','032903f9ba2d51aa9bb0011d29fef05f496b5305c6cbcc18d140b37529cc8c9b');
INSERT INTO "history_event" VALUES(169,'29edab88980840ffa04a7a87f766ca5e',5,'2026-03-03 09:00:00.298177','completed',NULL,'loop','again','b84fee3740be48abbfc933cf0943b5e4','{"name": "again"}','636bf0bbca82db72087744c3190b2a191d4c58b3b3b73d64cffd1c749e513cf6');
INSERT INTO "history_event" VALUES(170,'29edab88980840ffa04a7a87f766ca5e',6,'2026-03-03 09:00:00.298177','entered',NULL,'loop','dig','2844532dfab54230863c537e45834ff3','{"name": "Dig"}','845e5bfd95b9f2a3143b92808ca689a15cb50f726ea19f8ac1989105bf81ce5a');
INSERT INTO "history_event" VALUES(171,'29edab88980840ffa04a7a87f766ca5e',7,'2026-03-03 09:00:00.302422','task_completed','02a842c78a9242b1a3fdf78a05ab3a19','loop','dig','2844532dfab54230863c537e45834ff3','{"name": "Dig", "subject": ""}','00f64fdf84f194ccfbe19f3b8061b677bd7a9d5b4c5ebc73826f0ac24a4c9e34');
INSERT INTO "history_event" VALUES(172,'29edab88980840ffa04a7a87f766ca5e',8,'2026-03-03 09:00:00.302448','completed',NULL,'loop','dig','2844532dfab54230863c537e45834ff3','{"name": "Dig"}','6aa67b24c9c86f95958c4d263b68276ee672a599be03d3e1029aa6757ad3c942');
INSERT INTO "history_event" VALUES(173,'29edab88980840ffa04a7a87f766ca5e',9,'2026-03-03 09:00:00.302448','entered',NULL,'loop','enough','0f2225890b9d400ba7bbc0b9e01d22da','{"name": "enough"}','27314a494010f8400935c461b5b78dc0e3013bd2db197e3db801516e4a343648');
INSERT INTO "history_event" VALUES(174,'29edab88980840ffa04a7a87f766ca5e',10,'2026-03-03 09:00:00.302448','completed',NULL,'loop','enough','0f2225890b9d400ba7bbc0b9e01d22da','{"name": "enough"}','7f5dd3a2cf37644204c7aa6cc06caf9845617ca44a909b0f301ad22bebbb0228');
INSERT INTO "history_event" VALUES(175,'29edab88980840ffa04a7a87f766ca5e',11,'2026-03-03 09:00:00.302448','entered',NULL,'loop','again','30aca67562ac4a979378ccd8186cfc07','{"name": "again"}','e7eabc09856908b28f4e5d9738b04565a92b2db0ab64060be65a4b2ac84585fe');
INSERT INTO "history_event" VALUES(176,'29edab88980840ffa04a7a87f766ca5e',12,'2026-03-03 09:00:00.302448','completed',NULL,'loop','again','30aca67562ac4a979378ccd8186cfc07','{"name": "again"}','ef86cd75882d9145ef92579e2bf060f3c62ce9a11fecb877a02d41c87e9d3df4');
INSERT INTO "history_event" VALUES(177,'29edab88980840ffa04a7a87f766ca5e',13,'2026-03-03 09:00:00.302448','entered',NULL,'loop','dig','be2a982bbe5e43a4a2bdaacf6a07d94d','{"name": "Dig"}','4de23f7e6e02d9b6916b152d7344f7a43f0c1a1f656c36dff37a288b5a02f774');
INSERT INTO "history_event" VALUES(178,'d0caaef4613e4c229523f89629144945',1,'2026-03-03 09:00:00.307966','case_started',NULL,'','',NULL,'{}','8417c9e278057f550fed92197f9e782fa337c2468e28e25fc56f27e5b5f05033');
INSERT INTO "history_event" VALUES(179,'d0caaef4613e4c229523f89629144945',2,'2026-03-03 09:00:00.307444','entered',NULL,'failed_step','start','2f62241fb00743f087f913554ce8042b','{"name": "start"}','97b29750bbe28e4a73c2b210c0537ef8246fee4c60d524a716439c303604125e');
INSERT INTO "history_event" VALUES(180,'d0caaef4613e4c229523f89629144945',3,'2026-03-03 09:00:00.307444','completed',NULL,'failed_step','start','2f62241fb00743f087f913554ce8042b','{"name": "start"}','f07005c3c99d796e8b5da55fcbd23ddf571a682f7e055ca52073c7de4cd487fb');
INSERT INTO "history_event" VALUES(181,'d0caaef4613e4c229523f89629144945',4,'2026-03-03 09:00:00.307444','entered',NULL,'failed_step','fork','d8cbfceb019d4e99959c3670c8ce0f50','{"name": "fork"}','dec627a08a665e702ffa91975dff64715c3ab63c9691110395a74d777612c5ef');
INSERT INTO "history_event" VALUES(182,'d0caaef4613e4c229523f89629144945',5,'2026-03-03 09:00:00.307444','completed',NULL,'failed_step','fork','d8cbfceb019d4e99959c3670c8ce0f50','{"name": "fork"}','31e13a5ee23fc80657648296a26bbafc8f1141f8f9870f391de3bc24c3851b9f');
INSERT INTO "history_event" VALUES(183,'d0caaef4613e4c229523f89629144945',6,'2026-03-03 09:00:00.307444','entered',NULL,'failed_step','decide','6cdd48d9e481430b9f075dcfa7e6d450','{"name": "Decide"}','f3d35448ec942bf0ce82220ce71cd777cc7ef602a3283e723a43758f8919d440');
INSERT INTO "history_event" VALUES(184,'d0caaef4613e4c229523f89629144945',7,'2026-03-03 09:00:00.307444','entered',NULL,'failed_step','ask','4965ae05794249248330ccb87af10a70','{"name": "ask"}','af2576f1557d87461fd795e93a46415c35c1dae03384c9f0f3da7e62a732f077');
INSERT INTO "history_event" VALUES(185,'d0caaef4613e4c229523f89629144945',8,'2026-03-03 09:00:00.307444','failed',NULL,'failed_step','ask','4965ae05794249248330ccb87af10a70','{"message": "No condition is true and there is no default flow. Correct the variables, or the diagram for later cases.", "name": "ask"}','8ea5803c3996237e91a6b0c9f8ab140f12c4c4024eb64d60c494b5eeaa3e1eb8');
INSERT INTO "history_event" VALUES(186,'daca0384915444dbabde4d284813a12b',1,'2026-03-03 09:00:00.312899','case_started',NULL,'','',NULL,'{}','90b9bfa2818a9d32e719055301a9b1ef1c6ed2519dddb83f8e3a5b3d6abd32df');
INSERT INTO "history_event" VALUES(187,'daca0384915444dbabde4d284813a12b',2,'2026-03-03 09:00:00.312637','entered',NULL,'failed_job','start','1cb24013eaa14fc199aabce5bab54d54','{"name": "start"}','b1a4794291ed9f71894207d67f6c5a148fa3a8d44c08091bced83fc5feab60b7');
INSERT INTO "history_event" VALUES(188,'daca0384915444dbabde4d284813a12b',3,'2026-03-03 09:00:00.312637','completed',NULL,'failed_job','start','1cb24013eaa14fc199aabce5bab54d54','{"name": "start"}','3a1d7c8f39ea620f3c527afd28c6b277aec939034dbae18704fae3503fbbdcf4');
INSERT INTO "history_event" VALUES(189,'daca0384915444dbabde4d284813a12b',4,'2026-03-03 09:00:00.312637','entered',NULL,'failed_job','tell','8e6a081bde8445979e3765ce5c47b0cf','{"name": "tell"}','6b6421394426563ea4c60aef45c5b5d7b6b353a5dcf4bfc5c67bdf395eb9fce0');
INSERT INTO "history_event" VALUES(190,'15bd2c6d48b348039729333350ef3f82',5,'2026-03-03 09:00:00.323310','completed',NULL,'letter_written','tell','0929f990ac7b4550908e888cc0134582','{"name": "tell"}','176d4eb7b64f5e59c7b4d83cd8d616c5229a32f4926c485b2e9fe823bbf1b7d5');
INSERT INTO "history_event" VALUES(191,'15bd2c6d48b348039729333350ef3f82',6,'2026-03-03 09:00:00.323310','entered',NULL,'letter_written','go_on','81f6b77eab104b839b8dacdb0d2b86b3','{"name": "Go on"}','6aa22a7039c419900b97345139cfeaf6d66c0176f915ed65117ebff5e6a0f18b');
INSERT INTO "history_event" VALUES(192,'daca0384915444dbabde4d284813a12b',5,'2026-03-03 09:00:00.335315','job_failed',NULL,'failed_job','tell','8e6a081bde8445979e3765ce5c47b0cf','{"name": "tell"}','824f71b11c326a2296dcb2979697852623b620a67566baec712d6b696aaaeae6');
INSERT INTO "history_event" VALUES(193,'da4d757c416b4a239b5cd1cf2d1247cc',1,'2026-03-03 09:00:00.346783','case_started',NULL,'','',NULL,'{}','e507cadbe1cbd1bd39cc8c828c946208b3e5b38ef20a90aaa4d2588543440227');
INSERT INTO "history_event" VALUES(194,'da4d757c416b4a239b5cd1cf2d1247cc',2,'2026-03-03 09:00:00.346284','entered',NULL,'service_task','start','8173813777304720a66ee58be3523629','{"name": "start"}','af9eaeb714c37e08f1f55a3d0a21cb6b2a9c4264b835f2f0d68e124251c71bc7');
INSERT INTO "history_event" VALUES(195,'da4d757c416b4a239b5cd1cf2d1247cc',3,'2026-03-03 09:00:00.346284','completed',NULL,'service_task','start','8173813777304720a66ee58be3523629','{"name": "start"}','f341286dc551c61a2070a92c0ffb4e39de1e254382cb57e56f5cec9e763b33cc');
INSERT INTO "history_event" VALUES(196,'da4d757c416b4a239b5cd1cf2d1247cc',4,'2026-03-03 09:00:00.346284','entered',NULL,'service_task','tell','78abd5eb4f134415b851ab74a9354cea','{"name": "tell"}','702df6c239d8301fca5337dc3e512dbd35e025517237bc00e1665400234d535f');
CREATE TABLE incident (
	id INTEGER NOT NULL, 
	token CHAR(32) NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	job_id INTEGER, 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	message VARCHAR NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	resolved_at DATETIME, 
	CONSTRAINT pk_incident PRIMARY KEY (id), 
	CONSTRAINT fk_incident_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT fk_incident_job_id FOREIGN KEY(job_id) REFERENCES job (id)
);
INSERT INTO "incident" VALUES(1,'4965ae05794249248330ccb87af10a70','d0caaef4613e4c229523f89629144945',NULL,'failed_step','ask','ask','No condition is true and there is no default flow. Correct the variables, or the diagram for later cases.','open','2026-03-03 09:00:00.308507',NULL);
INSERT INTO "incident" VALUES(2,'8e6a081bde8445979e3765ce5c47b0cf','daca0384915444dbabde4d284813a12b',9,'failed_job','tell','tell','Nobody acts as “Digger”, and procedure.toml has no email for it. Add a person or an address, then try again.','open','2026-03-03 09:00:00.335241',NULL);
CREATE TABLE job (
	id INTEGER NOT NULL, 
	token CHAR(32) NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	job_type VARCHAR NOT NULL, 
	headers JSON NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	due_at DATETIME NOT NULL, 
	retries INTEGER NOT NULL, 
	claimed_at DATETIME, 
	last_error VARCHAR NOT NULL, 
	CONSTRAINT pk_job PRIMARY KEY (id), 
	CONSTRAINT fk_job_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);
INSERT INTO "job" VALUES(1,'0929f990ac7b4550908e888cc0134582','15bd2c6d48b348039729333350ef3f82','letter_written','tell','tell','send-letter','{"template": "note"}','done','2026-03-03 09:00:00.115379',3,'2026-03-03 09:00:00.314319','');
INSERT INTO "job" VALUES(2,'957d003d88944c9db78c41e7e1be799d','aeca06697ef745919b3b81bb79a294a8','timer_duration','pause','pause','timer','{"host": "", "host_token": "", "interrupting": true, "subject": ""}','waiting','2026-03-06 09:00:00.125147',3,NULL,'');
INSERT INTO "job" VALUES(3,'9363805492fc46a6adfdedbca8f0c277','cc55d978724d41e4b796827dc15e54d7','timer_date','day','day','timer','{"host": "", "host_token": "", "interrupting": true, "subject": ""}','waiting','2026-03-10 00:00:00.000000',3,NULL,'');
INSERT INTO "job" VALUES(4,'56049c162f2b4d26b51dd102efd1d1fb','17877d0a9842454e82e14530b6e99598','event_gateway','pause','pause','timer','{"host": "", "host_token": "", "interrupting": true, "subject": ""}','waiting','2026-04-02 08:00:00.157646',3,NULL,'');
INSERT INTO "job" VALUES(5,'d17f9e1c75704a47aae683199a485668','91a8c7e31fc547c4bc3c5024283a1ad6','boundary_timer','b','b','timer','{"host": "dig", "host_token": "4d81f3bb-a031-4b01-8b37-a765eeeabc80", "interrupting": true, "subject": ""}','waiting','2026-03-05 09:00:00.175985',3,NULL,'');
INSERT INTO "job" VALUES(6,'a0a4320dbf26495f88b9f835be3cf6a6','aabf6738b1864ff18bcd14a90af60056','boundary_cycle','b','b','timer','{"host": "dig", "host_token": "06c7de34-84a3-4ad3-aee7-26651cf4806d", "interrupting": false, "subject": ""}','waiting','2026-03-04 09:00:00.179960',3,NULL,'');
INSERT INTO "job" VALUES(7,'ee3f31ecc61a4cee82a3265a39a265a7','ce2cb677651e4632a3554952d83fd765','statutory_period','b','b','timer','{"host": "dig", "host_token": "b9c8adde-68e1-4a5c-b25b-e1d9ed1c74d2", "interrupting": false, "subject": ""}','waiting','2026-03-18 00:00:00.000000',3,NULL,'');
INSERT INTO "job" VALUES(8,'3b2276c5278f4885a31c3240e71b3802','53f162b7a614415bbcf89090cb25b209','event_sub_process_beside','late','late','timer','{"host": "event_sub_process_beside", "host_token": "bb42dbd9-6c9e-4fba-9ef9-d559a848436d", "interrupting": false, "subject": ""}','waiting','2026-03-07 09:00:00.221391',3,NULL,'');
INSERT INTO "job" VALUES(9,'8e6a081bde8445979e3765ce5c47b0cf','daca0384915444dbabde4d284813a12b','failed_job','tell','tell','send-letter','{"template": "note"}','failed','2026-03-03 09:00:00.313139',0,NULL,'Nobody acts as “Digger”, and procedure.toml has no email for it. Add a person or an address, then try again.');
INSERT INTO "job" VALUES(10,'78abd5eb4f134415b851ab74a9354cea','da4d757c416b4a239b5cd1cf2d1247cc','service_task','tell','tell','send-letter','{"template": "note"}','waiting','2026-03-03 09:00:00.347269',3,NULL,'');
CREATE TABLE letter (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	instance_id CHAR(32), 
	template VARCHAR NOT NULL, 
	to_name VARCHAR NOT NULL, 
	to_email VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	written_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	tries INTEGER NOT NULL, 
	next_try_at DATETIME NOT NULL, 
	last_error VARCHAR NOT NULL, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT fk_letter_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT uq_letter_key UNIQUE ("key")
);
INSERT INTO "letter" VALUES(1,'15bd2c6d-48b3-4803-9729-333350ef3f82 note letter_written rosa@example.org','15bd2c6d48b348039729333350ef3f82','note','Rosa Field','rosa@example.org','News from G-D3X4','There is news.','waiting','2026-03-03 09:00:00.326890',NULL,0,'2026-03-03 09:00:00.326891','');
CREATE TABLE membership (
	id INTEGER NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	"group" VARCHAR NOT NULL, 
	instance_id CHAR(32), 
	CONSTRAINT pk_membership PRIMARY KEY (id), 
	CONSTRAINT fk_membership_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_membership_person_id_group_instance_id UNIQUE (person_id, "group", instance_id)
);
INSERT INTO "membership" VALUES(1,'02a842c78a9242b1a3fdf78a05ab3a19','warden',NULL);
INSERT INTO "membership" VALUES(2,'8c63847e15f64a08898c7694ffeb4a1f','administrator',NULL);
INSERT INTO "membership" VALUES(3,'8c63847e15f64a08898c7694ffeb4a1f','warden','ab3f73acdf0f4c6ea73f0a9772bbe9b0');
CREATE TABLE message (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	correlation_key VARCHAR, 
	variables JSON NOT NULL, 
	source_id CHAR(32), 
	state VARCHAR(20) NOT NULL, 
	sent_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT fk_message_source_id FOREIGN KEY(source_id) REFERENCES process_instance (id)
);
INSERT INTO "message" VALUES(1,'message','early','early_message','{}','89f3ebc38bc34a5aadfc03ad56a68da0','waiting','2026-03-03 09:00:00.162544','2026-04-02 09:00:00.162544');
CREATE TABLE person (
	id CHAR(32) NOT NULL, 
	email VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	job_title VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT uq_person_email UNIQUE (email)
);
INSERT INTO "person" VALUES('02a842c78a9242b1a3fdf78a05ab3a19','rosa@example.org','Rosa Field','','$argon2id$v=19$m=8,t=1,p=1$0UdGqEfLDFfWQDrUwFjhgg$7VAQ0eHHDFS/57EAd9d139j5aFbXxPAvLecvngmCfz0',1,'2026-03-03 09:00:00.086216');
INSERT INTO "person" VALUES('8c63847e15f64a08898c7694ffeb4a1f','ada@example.org','Ada Low','','$argon2id$v=19$m=8,t=1,p=1$G69d8gxkyENHTwp/MJ0R+g$m8WrsKulxbfAfyHpIlFqfO/acro/Di/LUaEvi283CP0',1,'2026-03-03 09:00:00.089228');
CREATE TABLE process_definition (
	id CHAR(32) NOT NULL, 
	deployment_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	path VARCHAR NOT NULL, 
	CONSTRAINT pk_process_definition PRIMARY KEY (id), 
	CONSTRAINT fk_process_definition_deployment_id FOREIGN KEY(deployment_id) REFERENCES deployment (id), 
	CONSTRAINT uq_process_definition_deployment_id_key UNIQUE (deployment_id, "key")
);
INSERT INTO "process_definition" VALUES('f982dff3005c4e47b5dd9cc1bf023f36',1,'a_herald','A herald','a_herald.bpmn');
INSERT INTO "process_definition" VALUES('f024e7df84de4dae826f0ac9d6e829a0',1,'boundary_condition','Boundary condition','boundary_condition.bpmn');
INSERT INTO "process_definition" VALUES('aa8629a1a5a34b0d8df09a2ffc76ceec',1,'boundary_cycle','Boundary cycle','boundary_cycle.bpmn');
INSERT INTO "process_definition" VALUES('02b6544d61e9451c8552b0fc2f8e5138',1,'boundary_error','Boundary error','boundary_error.bpmn');
INSERT INTO "process_definition" VALUES('cd0480cfbec3461ba707e404dcc576ec',1,'boundary_escalation','Boundary escalation','boundary_escalation.bpmn');
INSERT INTO "process_definition" VALUES('7724112975df465a8c27e8e0912c08c0',1,'boundary_message','Boundary message','boundary_message.bpmn');
INSERT INTO "process_definition" VALUES('d023770a66e64b9bbc5d2df98ca33528',1,'boundary_message_beside','Boundary message beside','boundary_message_beside.bpmn');
INSERT INTO "process_definition" VALUES('06e45f3aad6844ca95b8cb52a7ce0b1b',1,'boundary_signal','Boundary signal','boundary_signal.bpmn');
INSERT INTO "process_definition" VALUES('fbca11ee3a7241b390860edf0fb30c5e',1,'boundary_timer','Boundary timer','boundary_timer.bpmn');
INSERT INTO "process_definition" VALUES('af2fc9f9d8144d0a994a1eb835a70e2d',1,'call_activity','Call activity','call_activity.bpmn');
INSERT INTO "process_definition" VALUES('7f4da5335ec1441197333d1233d78c21',1,'called','Called','called.bpmn');
INSERT INTO "process_definition" VALUES('a41fd11970814f71875515f226037183',1,'cancelled_transaction','Cancelled transaction','cancelled_transaction.bpmn');
INSERT INTO "process_definition" VALUES('eb03ffcc2dc44c4bbdec9545b790eef4',1,'each_at_once','Each at once','each_at_once.bpmn');
INSERT INTO "process_definition" VALUES('1ffedeac96fa4976b7517eab8ada020d',1,'each_in_turn','Each in turn','each_in_turn.bpmn');
INSERT INTO "process_definition" VALUES('cc9affed58204c53bc577d948f833308',1,'early_message','Early message','early_message.bpmn');
INSERT INTO "process_definition" VALUES('0f7d7d52e29b431c8c8398b351edc6ad',1,'event_gateway','Event gateway','event_gateway.bpmn');
INSERT INTO "process_definition" VALUES('cf799ee7adb54606850de04d69844cfe',1,'event_sub_process_beside','Event sub process beside','event_sub_process_beside.bpmn');
INSERT INTO "process_definition" VALUES('840e6ae1f6a14f33826a4654ac08b601',1,'event_sub_process_instead','Event sub process instead','event_sub_process_instead.bpmn');
INSERT INTO "process_definition" VALUES('78a6c4b7fd0a46998204b4a422eb12b4',1,'failed_job','Failed job','failed_job.bpmn');
INSERT INTO "process_definition" VALUES('3384871ecba849bca1d973c9e009b565',1,'failed_step','Failed step','failed_step.bpmn');
INSERT INTO "process_definition" VALUES('e8a02520a2634ab3af45202d718e7366',1,'inclusive_join','Inclusive join','inclusive_join.bpmn');
INSERT INTO "process_definition" VALUES('e6274e9d3739495195f53bb9d1922a51',1,'large_variables','Large variables','large_variables.bpmn');
INSERT INTO "process_definition" VALUES('b0c42139bdd34ff18de94094ec62ef6f',1,'late_listener','Late listener','late_listener.bpmn');
INSERT INTO "process_definition" VALUES('82cc567ff462463faf606a7f21fa6a33',1,'letter_written','Letter written','letter_written.bpmn');
INSERT INTO "process_definition" VALUES('a7f6ed342e7e4b09a05b6d5c55125d3e',1,'loop','Loop','loop.bpmn');
INSERT INTO "process_definition" VALUES('f21b204b67b048369a6ada66bf853134',1,'message','Message','message.bpmn');
INSERT INTO "process_definition" VALUES('40ddf6003aed4430b00c98f1695c43c0',1,'parallel_join','Parallel join','parallel_join.bpmn');
INSERT INTO "process_definition" VALUES('9479af574ae343a08fe3b6f263b13c88',1,'receive_task','Receive task','receive_task.bpmn');
INSERT INTO "process_definition" VALUES('a5747f7b60c7487a9b7fa71495c1c979',1,'service_task','Service task','service_task.bpmn');
INSERT INTO "process_definition" VALUES('ba058fc04cef4199a3e39a6b487a5cbe',1,'signal','Signal','signal.bpmn');
INSERT INTO "process_definition" VALUES('fd9d9ceee5034e0da9cee2e3b2f2fbce',1,'statutory_period','Statutory period','statutory_period.bpmn');
INSERT INTO "process_definition" VALUES('eb32ff03746b425ab47bd7feaef8948f',1,'sub_process','Sub process','sub_process.bpmn');
INSERT INTO "process_definition" VALUES('fbc73f349ef7450a8996c950bd87dde5',1,'timer_date','Timer date','timer_date.bpmn');
INSERT INTO "process_definition" VALUES('e203bde2b683420fa37863e9987402fc',1,'timer_duration','Timer duration','timer_duration.bpmn');
INSERT INTO "process_definition" VALUES('215b03712dbc42eab5d6dc4d1863df11',1,'user_task','User task','user_task.bpmn');
CREATE TABLE process_instance (
	id CHAR(32) NOT NULL, 
	definition_id CHAR(32) NOT NULL, 
	procedure_key VARCHAR NOT NULL, 
	business_key VARCHAR NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	milestone VARCHAR NOT NULL, 
	milestone_at DATETIME, 
	started_at DATETIME NOT NULL, 
	started_by CHAR(32), 
	moved_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	version INTEGER NOT NULL, 
	history_length INTEGER NOT NULL, 
	history_hash VARCHAR NOT NULL, 
	snapshot BLOB, 
	CONSTRAINT pk_process_instance PRIMARY KEY (id), 
	CONSTRAINT fk_process_instance_definition_id FOREIGN KEY(definition_id) REFERENCES process_definition (id), 
	CONSTRAINT fk_process_instance_started_by FOREIGN KEY(started_by) REFERENCES person (id), 
	CONSTRAINT uq_process_instance_business_key UNIQUE (business_key)
);
INSERT INTO "process_instance" VALUES('ab3f73acdf0f4c6ea73f0a9772bbe9b0','215b03712dbc42eab5d6dc4d1863df11','garden','G-7VMX','active','',NULL,'2026-03-03 09:00:00.099758',NULL,'2026-03-03 09:00:00.104278',NULL,2,4,'f2f6190de2d3300cd97395efea8359616c4ff5052fd45849a83636cb963c2a11',X'28B52FFD60F500450900A6533D215069F4202D7E50821E23EE37FB337C5E1E9547A25A849567E55C7F0892991953033400320032004AB5BFD7FDDA2E0B7F85DC59B8B1070406CA31B070BF899EBEF374196EF492FAB470131EB10C862029E245545F18E85769592D01AD79E39557F66A97C47FAFD8EBC41147983FF7A65BA21A177761A6C1E05D505F142CB396787BA738C589ED1DE75C8B92B9122FE075D28F9E43ADBEBC532EDC049DCE32E022E89C96B70DD3849C7D0E727921BC0EF19528AE5BD3645432368A31F5FF1F630CB330C3308D46372CF43A1085649826044DA76137C04BE04BE05A05D507EBA3AD5E925C6616B855214DFA2CEF4367C0438A84230411004BE510AAE9A57A58830DA8F6C1B694A1B301B959FE72566C1118F2C1EF0B2B001948F18A67F0861C5988F372730C');
INSERT INTO "process_instance" VALUES('15bd2c6d48b348039729333350ef3f82','82cc567ff462463faf606a7f21fa6a33','garden','G-D3X4','active','',NULL,'2026-03-03 09:00:00.113386',NULL,'2026-03-03 09:00:00.328311',NULL,3,6,'6aa22a7039c419900b97345139cfeaf6d66c0176f915ed65117ebff5e6a0f18b',X'28B52FFD6004010D0900A6D33C224069AC03711C356AC742AB595C21AE82F3544DCEA5D45DE09FA4D408EC9D8AA2B8203300330032006C4814ABBB5781FA34F4FD71B0060C0477EFE669DAB2E9D7FDE9481FE3EE0B9D78631D27E1D93F5D2B02651C68D7DACE372D0151635FE9AB05DF23494AC2D710A5B1B618892C713C0EF654D31AD5122A5F966DC87972D9E8002C494CAD0066C7EC1A1B2C36AC30918925F7D88BC5537CA359DF7087E853F89E0F8CE9C83B4ED7BD62C8B112370D63AC19374690032ACDE3D664538DBF2C130CB32CC33051C42CEED0226152C4F733DE5D41A74CD0C9F83E3DF330115FB5F60B260CAAC830362F32D816830727F85A51020F00578618045C63F8119E919731914CEC561B763E2F34BFB002908114AF781664522FCCB6595E09302B32');
INSERT INTO "process_instance" VALUES('aeca06697ef745919b3b81bb79a294a8','e203bde2b683420fa37863e9987402fc','garden','G-8GHN','active','',NULL,'2026-03-03 09:00:00.119829',NULL,'2026-03-03 09:00:00.125736',NULL,2,4,'0fd6549966d0b2473fc517b2ff9bad6d7370701dbe5776ca28c77d6e6c088a0b',X'28B52FFD60B600C50700161033205049EC619837048C1F0201259F0CBA8FA61A6FC10A69465AD15808C9CC8CA9012B00280028006F231D1028B4A2A04E5F697EBEFCA9EBB4799F11419D26FC4113CB3050B3DA2096274EC80DF30D964737BD2DD58AEDFA164689D567C6874077218937978A1D8DBDB315E3B35E484BA42DA5BC57EB7BFB0E1365F140D750DDEC93F4ECD3521A4BBC95B5BA3557CCCE8E7656BDC523756230E796244B9C7935D50E1910BE8510469102B0950E2305303B66D75C8070A1B8400C36D4E943DE2C074D387D1636202018A9EF40010F0080914F7100450901ED857D76EA9D6927300E068183DF1756003290E215CF800E39B2100760564F');
INSERT INTO "process_instance" VALUES('cc55d978724d41e4b796827dc15e54d7','fbc73f349ef7450a8996c950bd87dde5','garden','G-6RC9','active','',NULL,'2026-03-03 09:00:00.130084',NULL,'2026-03-03 09:00:00.131695',NULL,2,4,'2f95859d12c19000763f3071cd591e8757a1acc717a33f333df0c14d6ecb6da5',X'28B52FFD60C600850700728F2F2160679C036810B1FBF13A4E59D95D447F69988485BCF429B6BB8B311C3404C172010CB324C33051E41C9E0750540BA053307CA11C2AB082A03834F1070C9F49E5194B4F63C2CFC18611F2F2AE17535B88266A5543E4A3AAB814716A1D8FBDD75CAFA50F26697574DBFB25996891871E86089E6B236F6B6B0C59F048761D635DDB9C5B44152BE6BE2CD98886E392D15BC0C01A02CFE9A7633FCFEB6128353669BAF24EC0A772A7E1C38A2B3F68C317D9340927DF1043C2D30605E8792C011100734B6A8A30FD4AA99542504A940DEED21E9DB3C288C0900F7E5F5801C8408A573C676072C7D3661642C2C7CC03');
INSERT INTO "process_instance" VALUES('c70a0f7b2c124d328a736d1c5c7d1a5a','f21b204b67b048369a6ada66bf853134','garden','G-K7QQ','active','',NULL,'2026-03-03 09:00:00.134873',NULL,'2026-03-03 09:00:00.136362',NULL,2,4,'6b84d362f5debd6a2ed58f2f6e43f7255f2641c4255ba5daba83a85d02e52bb1',X'28B52FFD609700ED0600728E2C204067580798DE15C2F36362C8AAB7A41C02E668859D6FDB76180AFCC91886614052C695523ECF1EA98906C1CAF7886238DC31CE18D0409348E82B77C1B750FB79303A21634772ED700517F32D38115290D97C8C963D750A49B425C4106B98DEA26DB9C54E3956A8D57B5CF9387BA63223F05D0D368347EAD4A8737321AFA9B5183135FBADD5207A8CDB4BC234EEF342C10510006EBCA7D2B569D7AF71A591CACD8D1FF4E1CE268981B26F025E96467C530C0E006FDB4567D9E2B308871AB621A875AF711118F2C1EF0B2B001948F18A67D0861C59C829B73906');
INSERT INTO "process_instance" VALUES('617aff331fdf4aa096293267743ecdd7','9479af574ae343a08fe3b6f263b13c88','garden','G-C64M','active','',NULL,'2026-03-03 09:00:00.140593',NULL,'2026-03-03 09:00:00.141993',NULL,2,4,'3cc37ccb4102ffdafeddba2b5116a56c738aadc3065706de19455b15f796df6e',X'28B52FFD60AB00250700528F2E205049AC0361321DDC6844343E2A4BC84037AB2E9270B99684904E90CEA8AA0A6B103E85103E8F5E2E06CEDD1BC1CAF55DC00CD388BB4BE5803CE1DE1CD8313806C97C23DC5C9342DC72EE4C8BC52551C116C9EDD96DA95624A910A337DADA54B4E6C4084583CD5D7B6C33D281D83A62E14FE193D0370B3704D75D1B971D6A8D34978DEEA6225BD6C5928CB1A55AE1EF693309CFA7CF0776050008DCBDA3D24B4F77A5E5C2CEDD131A794293E440D1230C3786463874ECE55ABC0E00CE5BFA27D8BBB35DEBAC60819900B03EF87D61052003295EF16C39E47E65170B21F56EE601');
INSERT INTO "process_instance" VALUES('971307b2764d4eb5bd5a2f5561aad636','ba058fc04cef4199a3e39a6b487a5cbe','garden','G-BFSF','active','',NULL,'2026-03-03 09:00:00.149424',NULL,'2026-03-03 09:00:00.150571',NULL,2,4,'b2d90aa17e95a7ca116f285202435a0631ce50657f3a1698a56e230b34fa7416',X'28B52FFD608600E50600D28E2D206047AC0368868A6F45AEE10C4A4929F84D0C50751EFE06D9FEEF16200080E302EFB97DEF45D16BC20C01D7EF654D9443C89D849FEF89C3B3D0F9028383B22CF46BA4FD9ACC0815192735BB586D418292478A8C20B92593CDDE68090B66D68EB9124798E054C7E44418C7225841DCED8BA0BDC3B063F82AA6A28413AAC86DB48E8D573C5483AA31D98CA5EC3BB7DD509E6EA3170C8500008123EF589BE9D9CC17796DC9F073E407AD1C5A4A0DEA9E721D489A6FE1020C003B2B943D65E150D1BD2FBC080CF9E0F78515800CA478C53360438E2CE480C51C03');
INSERT INTO "process_instance" VALUES('9b76961c108242b5acf9afdc7f22de98','f982dff3005c4e47b5dd9cc1bf023f36','garden','G-KHVB','active','',NULL,'2026-03-03 09:00:00.152965',NULL,'2026-03-03 09:00:00.154012',NULL,2,4,'9ca6ac20b0b854ec19cf6d52cdecce72b81664c8e11ebba59c2c2e783c4a8f6c',X'28B52FFD608C000D0700420F2F214049AC0358E00ACB220601F4846022330548C94CD6DB7FCDB30144DF1945510E0410BE85103E0F7CEE4B8282520FBE578EBB2354A5EFB827AAD27C6F38340AD2474C26A93D8BAA50717291DA40CAD026B7D55825BA56A206CBE5BB78DF52156816DD8C254F2A53EA85928C11356674A8BF858FB3676A640ABE8B0D4E8C65A355B4627D182BB1D56664ADE462AAB5BFB7744162BF7D1E603040002070773A135A69D3FA754FE8516373F7059AB8B308A290EC0F24568A38C42F7A010B007A5AF270D6E89DD5B8D8008BC0C8F785A7810CA478C53370438E2CE4A8C61C03');
INSERT INTO "process_instance" VALUES('17877d0a9842454e82e14530b6e99598','0f7d7d52e29b431c8c8398b351edc6ad','garden','G-WH86','active','',NULL,'2026-03-03 09:00:00.156993',NULL,'2026-03-03 09:00:00.158321',NULL,2,7,'31942a4f510efaefea4e28e16d3dbb289cea86f739139ae4d6f2a45ac8cd9010',X'28B52FFD607D01CD090026143E224089B8015846697F1786DA86AE48A7D88919A944CE6F22A651D3A402FB53511417043600330033000B17EC86592E8BBEF4BCB8E823BB0D18140452C96FA08F3E7E94AA24F41EBD462A99F08974E8F33020CD84D7F8E91D0C13F4089FCA4BD12326E7351B171779EE9076D558838DADC56E11189D27DD9E8B320F87E614BD892075757CBBCCDE22CB13F8EB14EBD59AE702E9D1A2A178506AFEE149D22B5249879C443A949C1C7E8F48558866025DB9FEB6CB9041D838C6E5EF5A35EC59B1CD3534164FCC0CB328C300F46A9670C0AEB2ABB42D505B585B68B58A11BDC299D44B8C7700233B7B7CB5ECCE096CE50BAAA89A1BB7B69387061600381360981BB23791B196D6CC6328AB79004068D60ACAFD62D6DAB8DA56D8811BD918797808436C488351F54500800CA478C53398438E2CC4F991E904');
INSERT INTO "process_instance" VALUES('89f3ebc38bc34a5aadfc03ad56a68da0','cc9affed58204c53bc577d948f833308','garden','G-F69N','active','',NULL,'2026-03-03 09:00:00.160988',NULL,'2026-03-03 09:00:00.162070',NULL,2,6,'7fb223e8c746c53c9b76237e128d159c0f8b9cb2d8a0056c61d3a2ecae881385',X'28B52FFD60B800650700D24F30205067AC0341696820AC2D38FD22E47EBE4D018A0AC22ED00BF03CFA4C6666420DAD316DAD455163CBA102839CCDF5327E3961CA7E62F960CAC3F5C52319D95C8D43ED6245AD953A814AA2DE62B8CF8808A21847EF824FCC413A7D263E0CE95B15ABF7389E5A2559F0218EB79F2A0C64DBD8239D698B12FAC2740582EB26303E97B637A902C6F7DE8ABC5121465CC4B5A2A433A60C39AE99461F58490080C097337C7872F3BC2E7F384E77F872040F9E50C7313C7A6E1C0431814138D3F1B560010E00895BE2DDD1DCC70C00ACC78730CC86948C0A6C3BFDC20A400652BCE219CC214716E2FCC87402');
INSERT INTO "process_instance" VALUES('a2d2f027bb0b44129b62a0ac6a11affd','b0c42139bdd34ff18de94094ec62ef6f','garden','G-8ZCN','active','',NULL,'2026-03-03 09:00:00.166136',NULL,'2026-03-03 09:00:00.167038',NULL,2,4,'e574e539d1b0d0515e1fd86194d2ae018c47825b5ae26ee27d389a7e1f23f723',X'28B52FFD609F00A50700A61034205067AB03814508FB031F353752F87DAB61A02B89622FD4566FCFA4CF646626D42A002B002B00BD304D5B36FDB2331DE9537CDF85576B1F9483495F9FFDA00D5FEC9C09664F9B69A71A4CA59D37BF470BCF62EFD0E7107C59A1C45121782C6345D50D5F2F4E24435E141B07A7B7B65DE7936D9F0F0414240002670FBD4824A92425F1C195A2626411967410220191759F96D7B211A343B6C12A4920E45EBD184AE34008795B17CEB575CE3D8F6BEC15916868E1FB269EFD401BF905BB813686C2AE68A67CA5AF15A611CD17217BE60E0B00602DB9A10D70D74AE367DA0F81211FF2BE0802908114AF780673C811491428');
INSERT INTO "process_instance" VALUES('b90a496b7c354624a79dc56f4cac3213','e6274e9d3739495195f53bb9d1922a51','garden','G-QX32','active','',NULL,'2026-03-03 09:00:00.171268',NULL,'2026-03-03 09:00:00.172176',NULL,2,4,'2649004cb40df7280ca3726211cd0ecdd58b063e6cab9ba88a5c3de0ec333a02',X'28B52FFD60531F250C00A6D43D1F504B753304B29DC4EF36828E5BB2CB659B881A6FAF8988F41F84E8AAAA1E02370030003300999999CC5845F36AE2011C48CDFF8E5309A8DDC371D14BD07378DCF34CF3C41DE7F009F7808EC3F0E045EF288ED0BCC1E011CD9DC34402C9982AD821087EE47883E074BA0503010277DC2FCFB76FBE1D4EDDDDDDDDDDCCCCCCCCCCBBBBBBBBBBAAAAAAAAAA9919CAD77B84D7CBFAF7652D63746FE34A2BEC8BB232FF0BEF3F0493E9014F6A2E111C72C1AAB5F955964A832973658B1773B628014982609224D39420C7450B0C50431C1EC4DC710A0D6A121A94383C6590809CE61008CCA12EDED214CD0CA5CCA8C23A8D657156DD8C730749A831CC92141416945550CC18709382A4D47012C01030188621F88CE07F8AE0ED0F1140F21EFC25F4F12FEF33F7A314C1C4867D68AE40224BF5519E8494A7FFFFDFFF3FFFFFFFFFFFFFFFFFFFFFEFFF7FFFFFFDFFFFFFFFEFFFBFFFFFFB43F20F92FF47FE3DB2DF913F47FE37B2AF91F7CFC8240023BECFFB7EDFFB7BD349E1E779D142A2F63D6110FF');
INSERT INTO "process_instance" VALUES('91a8c7e31fc547c4bc3c5024283a1ad6','fbca11ee3a7241b390860edf0fb30c5e','garden','G-XWQS','active','',NULL,'2026-03-03 09:00:00.175374',NULL,'2026-03-03 09:00:00.176458',NULL,2,4,'cbae47ea104ce9d01559e23ccc13cbe5ca48147136d573b103e5fe7635d233a2',X'28B52FFD605001E50900C6143F1F5067F441216F72FE2B05BFA22F43DD21523F88E4B2ACAB2F6FA1F9A8AAAA6A37003400350006F5F6DA5A8FA54C9F58DCCA147161A0C08020C0911F61FEBEFDCB2932F3F53AC491157FE0455A9687497C1FA13806C5F5CA3C0DE5A464F5FA93C844A9891DF6B20D5D854E310A2973CB9AD9C55E6B0AA995659AD122B173DD2970626D3D63AAFDDF3BA4BE46D5329873461DBB236C82A309AB09CD68E3A9CC912BA31C7811D9511CA29C8C95F8B5763CE610AAF5DABB3BE6ACDDE110F5D03AC56D809AC5F20C73CA34E78CA22923270E9EE6269CB8A91C19711B7BB80DC48952FB21D4FFFF68CEDDA24F35656AB553BAAC7A95A588018E070FA7023A16000F08B19A09BDB9716206A8B70D00F8261BA0666A0C73E387AC4B47B9D2B8BD003D217D60EE6CF391A1FD8515800CA478C533A0438E2CC40198D513');
INSERT INTO "process_instance" VALUES('aabf6738b1864ff18bcd14a90af60056','aa8629a1a5a34b0d8df09a2ffc76ceec','garden','G-7PW6','active','',NULL,'2026-03-03 09:00:00.179363',NULL,'2026-03-03 09:00:00.180406',NULL,2,4,'2118f4d70a8dd7355f0589b680f955aa027e9d612a817d64666f8df6ca8e1ca2',X'28B52FFD609E010D0B0086174722306BAC0323A00598DDA0F55891526EFE04CD75501D80AC2DB896A0C6C623322252383C003D003D0089558BAA1794936537073BB22BCAF64203A9B28DB30382E430F0F7964ED7A65DBFEF4ECF0A177F6774E20DDB3491B3EF46322402A3C2E9444FFC26256EB183C6C9875A90E11961F134F4CBAC3042280866EE933459728CD2B5605AB339B5562349435692B5E6AEECD268D843154205DFC5DA42529B92C579040289A03643ABFA2448077E0FC0CCB92405303FE6E7D860F141F1811D7C44F3FBDA0A06FAFB7498C41BDE21062EE2F7507B061995AA23A21A75B1358A04CBA2ECB22C8DC6A2BC2F28444F457CFFCCBF2BEA4313F5591CC1CCC9B82D2A13C2D891744335E15270B5A57A2692F1368E778876F34DEFB5A32272BE0F1800AB08B181157A73E38C32B0BF6D00C0A7DB000E6C8DE2152458D8532C8769DC0F2D4C23FC04F484F421B8B3CD4786F61756003290E2154F800E24B2100760564F');
INSERT INTO "process_instance" VALUES('ce2cb677651e4632a3554952d83fd765','fd9d9ceee5034e0da9cee2e3b2f2fbce','garden','G-Q528','active','',NULL,'2026-03-03 09:00:00.183251',NULL,'2026-03-03 09:00:00.184284',NULL,2,4,'573483e415e6d7db820c7cb3d53c1e20c2d0d199248ab1b9d6d8c727be3f0fb9',X'28B52FFD60A8015D0B002617462150499D03434D3191D04CDA884462CB417B8AC08091FCFDFFDBFFBD80473233636A3D003B003D000FC2E88E04391A6B2B79ED7D59B4A367E3A2D593C228300C5C793750CF8E3DAFCAA1E6B9D4952B34E20BFA3C13A467E9CC4E20284C294DD24AD1952D014DD3ACC5D6FD8540C9279EE1B9D3613938AC4F8CE586F12D5B1BDD834863B845D81DAF79DBEBBE28532DE8A5B992C1D51D49010DC638EE81345B1D8E343B21A780630457AE6F2B41CE08C9EB0194B50E126668CB7014AB98F8FAD9098E74E50C39882F28979CA5E0B5687A645F5BE328DA164977E3961D010CB328C33055C52CCAA3C424E7E17AC95346C494D40F0E17EC9086713F660D8D0236C63AD6C9D1CC9B340F42ADAACFA62228E0CA1B721EDEE6A8031E005B8414D162484CE8CD8D36CA40FFB601001F6FE34E5862788833134A32CDFAC6E8C701208A35A5B1BAA882360C3BB64764C8AD5AF80FC1A52D3D32AABF0802908114AF780676C891853812897A02');
INSERT INTO "process_instance" VALUES('3af1d31303be4c57891d91641d7b6c86','7724112975df465a8c27e8e0912c08c0','garden','G-VSMD','active','',NULL,'2026-03-03 09:00:00.188566',NULL,'2026-03-03 09:00:00.189712',NULL,2,4,'28559501bef8e7a47b1883d01d2c288595b063d4e3161d52b72c512030067ae2',X'28B52FFD6056018D090036133B1F5067F481452065881F14FC32F97379516F9DF2235755554940108C99995E033300300031006C63E46F94A6919F0D1820100008ACB17F2C5F9F7E5D367679AF8D58630FBEB009561467E17DA49BE60D0507B57D7198B98C628E1C7289B962DE3A25B7DA7BE85C52EDCB37B27C12BC87DA07C2F26AC573E9602D156DB69A6DD276EBB9CF55D086CC056BAC2F496113C61E9246CCE5A4781D2247176BF46863EF806DFE4290B17F6BF65A6D8B0204A3D0955EDB412292386F7B29524696523E8F8CC636060E5391E5657C8D3554861690C4158245F3024EF6F4FBE17B701DEF50C753EA27A2FC540661E865031800250871CDE22A26E2E6C20665807ADB00806FB2016E56A0E056D88207D12E426F75B5637B223242FE105CDAD223A3FA8B20001948F18A6760871C59882391A827');
INSERT INTO "process_instance" VALUES('c9f5b8e6440f4f4bab37f46f08b2206c','d023770a66e64b9bbc5d2df98ca33528','garden','G-JCTF','active','',NULL,'2026-03-03 09:00:00.192769',NULL,'2026-03-03 09:00:00.193845',NULL,2,4,'8a77d520b433fc36361f6da7490546ac491d3d5306fd5679874a9160c274db24',X'28B52FFD607201CD0900F6933D214067580773C2B044C41F0B60DD2F74D300D8A428484BED58D7A1D49FC9300C00043600330032005C9DA56DE4E80206010400033F5E11A6DE6AEB3D1F672ABD0DFD38A2169EE06579187EA58A5327A126ED38D54040DCA6CCD3CCB38A016A356B2D35A0911EA25C5B10714F25DA69168F2CA304FF70FB50706E85A5C916AD986248B2B0C266556B1441264BCE35A31F63FC1FA78C5278E2F84169689E17E3DB379B39EB9E62AD3936AD9A2DBDE221466B0BF67C2240CD622FE9ED27898942F99D60075246965246918CC79D83A7B9C9F90DFD71C36D6C2151687A2B25CA68355EB7F1A69BB03986F4AAB6B9B520477C7A1BC8D0CC0317002F0831CFE23826E2E6420A65F07ADB0080DFB2018A5660C8EDB2B4A178DC5CFBD89EA48C1083090E6EF691A1FD8515800CA478C533E8438E2CC449B25519');
INSERT INTO "process_instance" VALUES('2ad57351bbe544258349243a7a1777fa','06e45f3aad6844ca95b8cb52a7ce0b1b','garden','G-6B23','active','',NULL,'2026-03-03 09:00:00.196536',NULL,'2026-03-03 09:00:00.197470',NULL,2,4,'70c337023188dfe73555a3621ba41a49af373b4c377f70ae0dc7900384094fc0',X'28B52FFD60390155090086133B1F5067AB038161609A113BE8F39E37A96D6617D557915ADFF517D03166667A0D320031003100E8B0BFC7F490747DDC5CA500062070E3545A7A69A5F76CDCD2799BB9F1025A78829364B1FCA4ED811C0805B7A75D9478462FF2CC58B426538B1DBB4647DDEA01653326C750C73F864D828FB88D18382F76502B16A3A725B6E862DD6A2D26A5EC46AC0386B6BFF16991C213C6114833F19C14FF48D78A83AA2C52B7D6227583A556AD132DA758D71F02A324F570DE5E8E7720931F103E8610360D7CC60F048B728FF39579E386ABD4C255981FC89449A1D5BA8B8E45BB34A892AD55AB4BF2A4A328E5E616E91B1500EF97D8C684DEDC00A00C1C6F1B00F0193600C7CA086D20EE96D43AB6272123C40FC1A1CD3F32AABF0802908114AF780675C8918538099E7A02');
INSERT INTO "process_instance" VALUES('89973e484ca54280aff2591776793085','f024e7df84de4dae826f0ac9d6e829a0','garden','G-9SH7','active','',NULL,'2026-03-03 09:00:00.200123',NULL,'2026-03-03 09:00:00.201357',NULL,2,7,'29ed7c57b9ddf1a478a27aa0fc31cc5c7e44e9edf8f25bf75f4dbd491f33e1fe',X'28B52FFD607A02050C00D6D8471E6067EB631031A8E74DC763908426FB4F30A494962CDCCA12A6C90800E0B842003D003F00ACBE8F1639F265AB5822C8F983A1217216C904060E80806CF98FF9F8F0631E6DC9E469C9BCC756644B832FE4C1311812CC49A659108B33CD530C623B93685C1E4502FFA8F931B4EC90FEBE668B751A8AA231C02CC4069E64A5D852961475B32ADEF596A9327AFF9CC394C84916072711B111037976397DC78B372176B033072B295C2448CB4341A289843CD978B62438688A3C89FEB074543A0F4AEFCA2CA15DFB6CB96E85701973EF839F26F49A78EC0401212CAEB8938742E9F0A48F5F49829C24212CAEBCA3F555792B3416B9DB05B715BEF198DB60CEB368F98988C8964FD086CE96CE2C05C4D20A77522DA676BD934BADD61D8ADF1AEBA52320502221E4A81D5F0884DC801401206F0487E7A4DD6928D6D88C8C889EB30193AACCE040A17B275B414AA5A1C8CAA705D66F0A3288A642F0FA2727F411833810E52B104FC8DB0963EDAF3D8BBE03006493E2C3F3F0578E64E2907CE109');
INSERT INTO "process_instance" VALUES('c5086e55cf994d8c93f1b8dadb91d084','02b6544d61e9451c8552b0fc2f8e5138','garden','G-FVV4','active','',NULL,'2026-03-03 09:00:00.205486',NULL,'2026-03-03 09:00:00.206919',NULL,2,7,'a5eb35634ff88deb0b45c23aecc00df04a36b9aa230840acb768f8422bbf8873',X'28B52FFD6065024D0C00A65A4C1E6069EAA08FFFF9A2D9C611762627EC240CF419AC95DB32B677032808E2E0450042004200AA2575204FADAB7DDC79F52B3C566D63AD563793C43CE2C030318D54028200008144F25BF9F8F0631A2495F7C88B4432E10D92610E078562322E317E2121B22B8AE5A541492F4D3A4C2247296D3FB7EA3EB8BD428A4E7AA4EBFDA895A7B0580E309D47561812FF675299AA3EFE56BD7A87B15E4A19FC75F63C6C843231AEC13099889C1848A301FEABEAEDDAB47F38F979ABB1D60F6A6A3FFE8B5A316638E71AE9EFCFFAC7D1757631865ADB37A6FF126ABEC7AA56A69109C412E1012B9948BA5260900C241305BC08CE39E75CA3E1122411088A251AD2E4E289E4415CA0415C1669F2140C056EB23552C60E83A81DFCCD6F3D3DCD56F383582F8430D90DA5E36D235E6FF7345E55F88B970320205022110C763E3B466CD970311BD0BD4600C49FBCAE055C572708429E7C487CEEB863F3D02AD819021CDC30069FD101361707221074E64ABB3D014548AFE0CECD47D2FEB00290428A876740F71CC9C40198E713');
INSERT INTO "process_instance" VALUES('122ddccb39704e3c92ca9c754ba25334','cd0480cfbec3461ba707e404dcc576ec','garden','G-HPGZ','active','',NULL,'2026-03-03 09:00:00.210180',NULL,'2026-03-03 09:00:00.211582',NULL,2,7,'89dd00c7ac5e82d0f90ee19ccdb07565c7e6e7c72f260b5bf855dbe4da27d976',X'28B52FFD607902650C00069B4D1F5049ECA0C58401D4B06C7CB4244D81E202A040257FB9CDF43F0D969999A10F47004200430033C996BEC1C2393FE56EF92D4F6F0E97393D0EF40CC2F3408F16040C080004A8A12F935F7EFEA2C8D0E47DE1841A9AF006EA200441244813E5D030C292F942C2C29E209456A48EC542BACCC9FE5F9E522B58B6FBB572B6F953ADB3E23515120A3235FAC208C3E1DF48E1C39DCE8C0BE82FA5768AD7B1E49E7AF8945A3D507C1CA4CDC20D81A26DBE1DDD0DC229B9BD965CFBF7FF1E7BBC2E3D87F379B1974E8CF1517F7F76F9A45AA8146387DB09B26DDCED6D5128F9133DCA34CC231C70A26AA8270703750C6D0E9C68450131C618E3F3C4C3500601A12C0645AAB81A7AB028531D430D1625A14853C17070D54BC15FB88A66BDDA97DB27E5AA6595B699412A9779F54AB3CDD5CCCDBED8B9CEBEE50C1F003A2988076880053F1C1CB3E1BF7BE16AEA20084206F201C4375FEED8F070BBC1CE206062368C003F620394ACB8D206C4E0F29AC7F6A46484084C706C538F8CEA2F82006420C52B9E411E7264214E8BA29E');
INSERT INTO "process_instance" VALUES('ddb1877da56c43779456c0585dfa5604','a41fd11970814f71875515f226037183','garden','G-QT79','active','',NULL,'2026-03-03 09:00:00.215376',NULL,'2026-03-03 09:00:00.217004',NULL,2,7,'0638a7f6e7182cc7a55f46f0f17628116161f1957569341df59e810d26dfcc92',X'28B52FFD6078025D0C00D69A4C1F6067EB6810F1A9E74DC750B48426EC2F69688223238AAD90474E5210C4C1014600420042001BBDE3DAD5B1B9E1B66BD40E49C5B629829C47242D91D3A863020180003DF4A3F2F3E54F3D872AEFB3157AE8C11F74719224A11C551603131BA1F46408FE49F251E9A8272101477DBF3B2DC698B15EDF2EB9951DDD36870B192B22289644EAF3D98902E20F8F36548D199035722B9101654BDBD07153ADFF0DA4C879CDE228339B19D0B34674437A2BBA27B59AC1AC97B37F42B2A58A9B182BD5545C9878F1DE6BD4DF9FED4BA43A25F686D0BA957E23432ECAE5D4FF82A739F40B5AD1A3AE180EBA389431B402EA512BEFBDF75ED33CE45084416299053DBAB81E5A301779988B428F22827FC1E04797AB28DD31F60C3137E45D9B9E1523233DC78448EC5A7326DF35B4CB3D84CBC8506C55212060220966E10D45462C79C12B2BA1B38600880FF2B808B8B24E10241D5CE040F1C3E38ED583ACC1CE096064C3187C05E3824A5882700694B4BB6939411E2161B8059A44F16B01209B142F9EC12E72E410E707544F');
INSERT INTO "process_instance" VALUES('53f162b7a614415bbcf89090cb25b209','cf799ee7adb54606850de04d69844cfe','garden','G-WFQR','active','',NULL,'2026-03-03 09:00:00.220632',NULL,'2026-03-03 09:00:00.222136',NULL,2,4,'150e00d44c43415b2d0b6a6b592442106c7e52d5ebc0f3a6470f19865e8c9dfd',X'28B52FFD60DE02450D00E6DC5321506BDBC042C65EE12231126E0A2144CB103568A3416F6F5B6EE20D34CBCCCCCA074E00490049004B17822C7FC67A7DE45E0D61E690B1E6CFAAB56498F4CFE2452645594020807018C8251F32DEF9F84EA62519EFCE73E4920D9F908FB458341829DF15CF37E2791E36CE02A21B0F02623CC36752264B3A4391908F2521C573E4436F916957CA55CA6A65AF7817D4F51045E1A8B04560C276DBB9F31A09869394ECD776B78F1A132576536F66B6BE12A8AFD74A26B9E89112721E64908993FBFE94B5E64A33676D2DC665CA0A2A0FE75C940DDEB4278B15565E43106FF1DBEBC8DF60D2BC7DB97B4947B38899A204D0B6743740A945A9A5A903A60E4B1D9255DBF04CE9BC8202CACE39E75C143966C967A1D138894CD9782EA9E03431C1691C995221120AFFE81D55BDB75175FB6973A24AFBD64491E627652BBBBF5CB9BF7D0F1B73C50D15226A1B5CCC7821AB581F00170B6231243894160C5820300E7620022724FCC00A4206F201888F42B8E39887FC15A85410057B2064C1040B0096C18B6C035940344C0F7D68610FB5189C27491EDDEE9B8D810CA478C533F0438E2CC4910A5519');
INSERT INTO "process_instance" VALUES('430bc0a6362b41dbb764c8e07a0ccab7','840e6ae1f6a14f33826a4654ac08b601','garden','G-VSK6','active','',NULL,'2026-03-03 09:00:00.225942',NULL,'2026-03-03 09:00:00.227454',NULL,2,4,'b4aacbad717fc33090b777c9ac5bd49aa752c558846c6419665d3f590eccc4bf',X'28B52FFD60ED02DD0C00665B4F1F6067F3680A074D54ED630C4592B489AD8530B0C0F459D775074F260080E302490044004600CAD7B7E7CE2D4DA6DC4B8842F598798FE3FC82343D4EB34E60800020608DFD997C7DFA758FB1C97B6DC51A7BF0875D1C04492467BD9F59120361597E2AB58020130B8149DEE0F7A423AD584714668F5A679FBE96127D3C939C93A172C960A293C2C7E89C297AED44E1388BF8536BED5C7B883DD56C3D432CC9FFC5CC09ED7162B338CBD46606F630F7FC3C1D0C4E5D316F903D49FF490711F3968AD7534FA2B98831367BE08A9C9D64BB4B873EA57A72BE620925972AF5440C8D552808DDD39CF5AA28109D147A591EB1C67A6238ECC258C61031C61863D3C4C3D8A520A1D4C29E557C8D4554851EAAA220140C7EB6977BC714ED4EDDD2828E3AD6E072ED5441FA6A39FB9A538F1495CE2C7DCA66C8D8336BAAF92F5E2C212040422220E9EC3143AC8782D011DC4B87C990054410F221C56F2B0849E403E2D3883B8F3D1448A0932B0C2460651B6903A8199EA506C46327F12942EE00B19A078D4B07F2E9CB766DE123004022295E3C83DFE4C812678B9965');
INSERT INTO "process_instance" VALUES('20ea05093bb94f8cb83a705e8b628656','1ffedeac96fa4976b7517eab8ada020d','garden','G-FHSS','active','',NULL,'2026-03-03 09:00:00.230666',NULL,'2026-03-03 09:00:00.244140',NULL,3,7,'94c99e3a5570af0cb89c5a398e5e9cca96941bad93a9ee8d9bedfe605025a1a3',X'28B52FFD609C01FD0A0056D745214069AB0371B3E07759B32595EACB7EE94E723A8F425A42A06D7B0BF89D8AA2B8203C003C003C000D1397849F1B0C040200037F6F85B6EDA5ED19FE36AD706A737EE2DA4A9FBC37B3E5F99DF6B451F1F78536F88219C6A17C6A9D7BA005878412FB9C92D2B5951ABE6B2D1D0B25C69A310F14534C2C19865B4BB1B5967AC2F059F0AF8DD770660E1D46B754D22D4B9113390C443215959E4AA6A8247A927007F13D81702AEDF30311CEFCE2BDB131E19CDE9BD67956EF57A1E941DF82F3D1415199E5304114CCB35AFC8520A839D51689D08C0A59CD9894AE21A30310260C217C1E88E0548B38BFCEBF1FD8BA18D8AA383FEADDF6A54E0D40A895799F2D17DC8EBDFC341D936D214A411067C838276369595369F2702A1900602441BEF54A338B1D10AD1B56786B59F8CDC10E0BBFD90301D3895A40B30488ABE19AF63E5CDBF5CE8A2302433EF87D61052003295EF13C2426E395C658DEA377D309');
INSERT INTO "process_instance" VALUES('6a1c414ea297464597c41c48c3f459cf','eb03ffcc2dc44c4bbdec9545b790eef4','garden','G-VGHT','active','',NULL,'2026-03-03 09:00:00.254887',NULL,'2026-03-03 09:00:00.261875',NULL,3,8,'e661a067225fd4c888fb2792e43aecfeba7cb192ef83764c7fcc0c09f09a010e',X'28B52FFD60C202050D0056DB4F21306BAB034159FDFFEFFEEA94F434B7FA8FBE6B62FB8869F4A13A3F2B1E4A0A0AE2470044004600DC98513591C64D55834F92ED460169B28D170C08180008FC35D3B499AF72A7E9C5539BEF130E539727EFCDECF87D5F7A3270F1F786463863158A67D9B75CEAC181878484FD4D498883F9556BAF96924727CA88133BEA54421846C874D2482973B38F294596D4A20737A63A4AC538D196AD2989909C4F566930F60E031D822F238BCAE620A28E1D45506C28B52ADE6747C6F6C3387BC4C1DC3BC9D64C72396E721D33CA6E7CB4EE6630C9E8D67B02F1D4A5BF0D05F1CC33DE1B062E7CD37B2F757ED7BBC3D04B423B07DFA3C3A22AE895248A92ACA22CC9A9916688F1428EC95C44162F04275A4837871485A73288EFEBFC7B025329025317DF864A5136C2E64121EA95943BE2C1EB402C1D72B54B8DF4CEB4B33C3540212420602222437907618A4A0D2669C100F295DD7D9B0BF79235F3807DC25008A082565CB09E23D8A80F28AF71CDC1127F09DD2036F04B6840A30DC48F5DD3EFC355D73B8A2302920FBF8FAC00E492E2C5B324CB9D235397C6A8DEA377D809');
INSERT INTO "process_instance" VALUES('cf3bbbf4789b4f25a9332d86068fdb2f','eb32ff03746b425ab47bd7feaef8948f','garden','G-T5P8','active','',NULL,'2026-03-03 09:00:00.266859',NULL,'2026-03-03 09:00:00.268453',NULL,2,7,'4423062d2b9ef43c2b9bd445ba99ec3e85e0bdca2b51da581dc3b04da18043b7',X'28B52FFD60EB01C50A0086D7441F5069EAA00A8D4B131FC5E595A2ED90B2130A11C14FD12872582B263333A1063E0039003B008B1DF4D09D855AB9E44EE79353ACC7B1AF204E1EBBA80B2402800035F4E1E1E7CB9FBA861E3E4EA75043171E41178B2089C3AAA23C4C26A2E025145D3E028A0C5C8E243F96E8FD73F25D47EEA5D81856BF94D5E3A98F3A492DA9D67B165B35BB04F931329D9C1EDB96C56AC2740903BAAD1A19F81C6C15D1FBD57B3CCA3DE41CFD4D3A4F398BD135E23E4B323FF0DF6368716C6B6D6143E32310CEA0BBE81F0E0CBA3054994E41574D812241A4C67FBA076DADB5D6DAB2B4C350059148A681AE26510D35CC4422CC4411FF191CC4557FCE9F396F5632E91C8FC8BB195B9D244B5F5DAE7C313389242BC6FED074180053096210846B5D0366C89605E00779E075A0B014A0054206F201C4475BEEFE3164285406392B5FCEB42D02433EF87D61052003295EF10CE290230B716A793A01');
INSERT INTO "process_instance" VALUES('cc597a3347b74ee7b0ac7ba8d0d73843','af2fc9f9d8144d0a994a1eb835a70e2d','garden','G-RQPQ','active','',NULL,'2026-03-03 09:00:00.271751',NULL,'2026-03-03 09:00:00.273158',NULL,2,7,'f411b7447569fb166211d8466ffe23fdc040310ce75cf6037fab161071b985e9',X'28B52FFD601F025D0A0066D6411F504BEBC004C690211A233EDA129A5C6D280E560D4C486DC9AC17406666761F3E0036003500ADB5DEF71EF1C36620DF4490F308A523729A1C1018200008C8231F1E9EF9F84C9E230FEF4C2BF2C88647C8C5519485C3C98644C29024601B284AC33C09096F577BEE4DBC0F617B2B354F28224E727ADC1D35B5AE6DE8B1179721F434EA52087622C7358B9309A613057976B557EFBD1B1B8C97EA6A393FFF355EE20899528E1A627655FD3A722B636EE5EDC6CE69592333E438E79AF4F74F64A0589498092261C8A3EAE4AEE74CBF8DCE39E75CD338E44884C2C2C21CE4C9C5F3C8046689B93812815914FE0789EFF385E03257B5AA9EC1741B5CE48F1B21FD93C6AA82DF34B6F61700651372887BE1C7FD895C0B04E6E0F61538D440C8403E80F816B928C830E4F838BC46D8E821A477BF711118F2C1EF0B2B001948F18A6730871C5988F323D309');
INSERT INTO "process_instance" VALUES('3c3b0d9d88c746e887976b28ecc65a93','7f4da5335ec1441197333d1233d78c21','garden','G-7RPS','active','',NULL,'2026-03-03 09:00:00.276625',NULL,'2026-03-03 09:00:00.277635',NULL,2,4,'8e5dc798eba820372760a6399cb1c031a48a6dd3450746db2356a13dbff9ecd6',X'28B52FFD608400D50600028F2D1F4049B30358A251B51BA0EA3125B7999CE28CF2AFD3618FDBEEE83BA328CA8131428E312E4B84EF0842E2B886F30FFAF7837BF495F7C33D92F30D4172D8BEC1809E51E2A3D6B3380821C6983BCAF531AA1D5B8B22D7DC5108FF3462B31DA2C935375BD6E6D4996C2225135DCB1C725C143EE24A44E1ACD649A6C02CC4D4A1AED394AC1EB5DA32A9572B4EC10E2157C4CA86BCBC2030C00002FE5EA7516FED7ACFEF46A557267F4FA8872B6C6DC2E0D36AAD9CE703030B005A5AF268B6E89C154604867CF0FBC20A400652BCE219B021471672C0628E01');
INSERT INTO "process_instance" VALUES('7df2fb4aa33749c6af5791ff3f6ecc9b','40ddf6003aed4430b00c98f1695c43c0','garden','G-DH68','active','',NULL,'2026-03-03 09:00:00.280547',NULL,'2026-03-03 09:00:00.286550',NULL,3,9,'632ea4e724ce254c281433d1afc7d25afae9458bc2aee0e9cb55f09828825c21',X'28B52FFD609A01AD090026143C1F6067DC68861AB7618D0FC191C225FADA24900A4DB6BBDB4251B91005411C1C350031003100C93D6DF7CB24514F34FD8946D9D64000804022E9CFF1E8EF311549C7616C28913C70432EB4690C1C4DA7F0142C8D374DC746A41A499F86F8BC266BEA600C57E3E5D496FB63B97D4ABBD0D93F67A24AB4D054C45610A4F272CCA15B2FADFA0499EB77307EBD1DBACA30B6F7A172AE55BB6FCE8EDDD52E83593B7A0D42012EADB98F7939DE874C5AC6DCC19EDD3DD34E31E7F5322DD0D3048A92A8A228512AF7436A5BEA0DEF674FFEBC9081B0F1A7D4FEFB4807BF4849904C200C9E4848CD072692870502455734B43019180088ABC0F86E95B30390B8EB894C60EA4B8163A3516CC8D1029087C603780FC3BD432B044132469E1DC2001BD25E147D11002003295EF10CE690230B717E643A01');
INSERT INTO "process_instance" VALUES('5577200787e642fcb3c647a70951b665','e8a02520a2634ab3af45202d718e7366','garden','G-95MM','active','',NULL,'2026-03-03 09:00:00.288966',NULL,'2026-03-03 09:00:00.295043',NULL,3,9,'2141a3ef605d896b45ab498720ee4581df258b9c296af962f13e1fcab40de51a',X'28B52FFD60A001BD090056543D1F6067DC686513F855AB7E68460AFDEA2FD3C905A2965CDA6CBAC36111040117380033003100FC9141F82E1144FFD0BC88E8220904D6000179E42FCE431F1F4A3DD27908BD288F3C78432AB469128EA6C33C03CA1B308744B3384CAA42024D4C03F444CDB4DC4B84B19B6AFFF5C578CB966F6C77ECFE12D164A1D044400F2190BA4DC55D0BDB62FB9D8CF762BF351A64019EBA8C9516A6BA55EAB89C6DEFAB5D66B7BCB1AB665560A0F234F71F8B0E2AE8DAE25D6787DBDA4323BDA76F2993123D0149826892248B34FE095259939B1D4776E5A0FA7F1C7DED26A5BAD9EA65AD45821C7928483C5021351F984712288E087AC48B9417008B5B81F9C2457696BC91098C7C297C6CB48B0DA122007AC03D80F7305C3CA0021B4463E4DD218CB04DED85D21716003290E215CF800E39B2100760564F');
INSERT INTO "process_instance" VALUES('29edab88980840ffa04a7a87f766ca5e','a7f6ed342e7e4b09a05b6d5c55125d3e','garden','G-6T3X','active','',NULL,'2026-03-03 09:00:00.297436',NULL,'2026-03-03 09:00:00.302939',NULL,3,13,'4de23f7e6e02d9b6916b152d7344f7a43f0c1a1f656c36dff37a288b5a02f774',X'28B52FFD609900850700061032205087540768221803DA8F1AD714B125EB280B005D8B65298EFC133AC6CC4CAF012800280029002740030A20E0EE1D95AE3DBB7E7B5115EE5D29E2EBAEB4ACCCB8FB411FDED8245928FB04A5C9D7BC7CA0BF854B63AFA8AC10F826D5888A04398F990DCDE67692490B1984B1D938B1F3F7B60D129E6F9712399C18A52634821CD6F8347254C0A0C9BC62E002EFD7116754CC3019235BA8ADC629F25184A5380610BE85102E0B7CEE068905AD85EFA9BC3BA2D2F986FBA152C6F7A66090DF83F63235B90E563332070D00215BE2D938006985918891E78618649335947E11042003295EF16CEC90230B392C9B4D');
INSERT INTO "process_instance" VALUES('d0caaef4613e4c229523f89629144945','3384871ecba849bca1d973c9e009b565','garden','G-5JSV','active','',NULL,'2026-03-03 09:00:00.306775',NULL,'2026-03-03 09:00:00.307976',NULL,2,8,'8ea5803c3996237e91a6b0c9f8ab140f12c4c4024eb64d60c494b5eeaa3e1eb8',X'28B52FFD60AD016D0B00A6184A215069F4A00A2DCB631BE3AD88247B6AD5BC712042E072ADDD8F14B3C238AAAA0106400040004100EC78EAA9D61C3BFA1D5B873F0542C3720EDB360D3F8D0D1B6EEC8101410230B0CCFE837E3EFCB9CC2CF43E7BB1CC2E3C62191C6304F12ABE5204FFF8345C3E9A0664B9F24BC3E7C9A260730A59075BDF9C2DF7A7AC4258C808173125E4550954FFD8538B82BC96B4D67E793B94FB07DD63BE0D3B0D066F9D5D0D9697C214B5020587A6F413CB3BBF424F3B41F1D14572D6E54510B4975607EC85B9F71482B06568CBB0DA92A8EF4469ABE134CC524524E76179A52FB30906B358DEE3FD79EFCB018ED3B0E3388DC606D0A7FDD2FCDA314D0953A2E7A11F9F3231FDE8FA99AD90EAFB39A5400A4835460DDF93847E7E424D0E75FA68D6449F04C9A73E0EC9976419003545158D83B7C20BC2A909154E413E1F788EB9C701DCC71A86B61F46B66D63EBB3E3EE8BF1209CA3A31D5E93DA0BA52F2C006420C52B9E411C7264214E2D4F27');
INSERT INTO "process_instance" VALUES('daca0384915444dbabde4d284813a12b','78a6c4b7fd0a46998204b4a422eb12b4','garden','G-6WK7','active','',NULL,'2026-03-03 09:00:00.311985',NULL,'2026-03-03 09:00:00.312908',NULL,3,5,'824f71b11c326a2296dcb2979697852623b620a67566baec712d6b696aaaeae6',X'28B52FFD60B400FD070026913521408756071B3EE46A289EABB758D596810C2B9256D8E9E1B04E078ABE338AA21C082C002B002B008AB2ED4C96CA3E6701030801E0EE0D99A62D9B7EDD998E9417776774E28D9DD380D9BF86C0107B22587E9112DC1A825221E64EE8508507D1955D9EC6BE52AE025F8574B73ED24B3045D614D2D2C10AB1442D451697620F07DF1F864533E5E7ECFA2DA4BD84C7630AAE860B61A91B6B4BA9A4E343C9C14827CE5EADA8D6E3B71A3E0ECBA2ECB22CCF83DC9D46D04ABBD69E84C8B4A3602468B3F822F7D80A05177C9FD33E1C10F1EE4D7DC3DDA11C0D00682BDE69055ED1ABE4EC793A2BA2080C49C0E50B0B001948F18A6700871C5988031FD309');
INSERT INTO "process_instance" VALUES('da4d757c416b4a239b5cd1cf2d1247cc','a5747f7b60c7487a9b7fa71495c1c979','garden','G-FK82','active','',NULL,'2026-03-03 09:00:00.345019',NULL,'2026-03-03 09:00:00.346808',NULL,2,4,'702df6c239d8301fca5337dc3e512dbd35e025517237bc00e1665400234d535f',X'28B52FFD60AE00AD0700361033206067AB03680A318B14D1066B35F95FC60B10C324253DD9EE12C294061000C0B92A0028002800CC407D8E9C000021E0C75B695A36D3F27ABCE945B2E2C70FDAF085C668D0E80D0ECF422B0409D9CE7561ADA575A9AD3B54E459E8A7E4397055EC2D2BCA31B78B5BC6EBBD454AB59294D72E31763984DA4E0CF38A929E5B512B3D562DE15D2E59AB545A4625BD96845D73F40FB18456EAC4AD6EC6D8404D19A9050802154190E7B9EC393B1296A61DC481411E14D73DBE3402C105D7E730BF38EE484E5C6F141487C83CC60E0D00502BB0A2370CDAADEE6C7F3A2BA2080C49C0E50B0B001948F18A6720871C5988A377D309');
CREATE TABLE sign_in (
	token_hash VARCHAR NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	signed_in_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_sign_in PRIMARY KEY (token_hash), 
	CONSTRAINT fk_sign_in_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "sign_in" VALUES('41eef3f05506cbb73cc095144966ca2c11997d9a8ba9016d16fe0a4c2326dc18','02a842c78a9242b1a3fdf78a05ab3a19','2026-03-03 09:00:00.391097','2026-03-03 09:00:00.391097');
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	task_id CHAR(32), 
	form_key VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	submitted_at DATETIME NOT NULL, 
	submitted_by CHAR(32), 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT fk_submission_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id), 
	CONSTRAINT fk_submission_submitted_by FOREIGN KEY(submitted_by) REFERENCES person (id), 
	CONSTRAINT fk_submission_task_id FOREIGN KEY(task_id) REFERENCES user_task (id)
);
INSERT INTO "submission" VALUES(1,'ab3f73acdf0f4c6ea73f0a9772bbe9b0',NULL,'','{"key": "user_task", "warden": "warden"}','2026-03-03 09:00:00.099758',NULL);
INSERT INTO "submission" VALUES(2,'15bd2c6d48b348039729333350ef3f82',NULL,'','{"key": "letter_written", "warden": "warden"}','2026-03-03 09:00:00.113386',NULL);
INSERT INTO "submission" VALUES(3,'aeca06697ef745919b3b81bb79a294a8',NULL,'','{"key": "timer_duration", "warden": "warden"}','2026-03-03 09:00:00.119829',NULL);
INSERT INTO "submission" VALUES(4,'cc55d978724d41e4b796827dc15e54d7',NULL,'','{"key": "timer_date", "warden": "warden", "due": "2026-03-10"}','2026-03-03 09:00:00.130084',NULL);
INSERT INTO "submission" VALUES(5,'c70a0f7b2c124d328a736d1c5c7d1a5a',NULL,'','{"key": "message", "warden": "warden"}','2026-03-03 09:00:00.134873',NULL);
INSERT INTO "submission" VALUES(6,'617aff331fdf4aa096293267743ecdd7',NULL,'','{"key": "receive_task", "warden": "warden"}','2026-03-03 09:00:00.140593',NULL);
INSERT INTO "submission" VALUES(7,'971307b2764d4eb5bd5a2f5561aad636',NULL,'','{"key": "signal", "warden": "warden"}','2026-03-03 09:00:00.149424',NULL);
INSERT INTO "submission" VALUES(8,'9b76961c108242b5acf9afdc7f22de98',NULL,'','{"key": "a_herald", "warden": "warden"}','2026-03-03 09:00:00.152965',NULL);
INSERT INTO "submission" VALUES(9,'17877d0a9842454e82e14530b6e99598',NULL,'','{"key": "event_gateway", "warden": "warden"}','2026-03-03 09:00:00.156993',NULL);
INSERT INTO "submission" VALUES(10,'89f3ebc38bc34a5aadfc03ad56a68da0',NULL,'','{"key": "early_message", "warden": "warden"}','2026-03-03 09:00:00.160988',NULL);
INSERT INTO "submission" VALUES(11,'a2d2f027bb0b44129b62a0ac6a11affd',NULL,'','{"key": "early_message", "warden": "warden"}','2026-03-03 09:00:00.166136',NULL);
INSERT INTO "submission" VALUES(12,'b90a496b7c354624a79dc56f4cac3213',NULL,'','{"key": "large_variables", "warden": "warden", "notes": {"row0": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row1": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row2": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row3": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row4": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row5": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row6": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row7": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row8": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row9": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row10": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row11": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row12": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row13": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row14": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row15": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row16": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row17": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row18": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row19": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row20": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row21": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row22": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row23": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row24": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row25": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row26": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row27": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row28": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row29": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row30": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row31": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row32": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row33": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row34": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row35": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row36": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row37": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row38": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row39": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row40": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row41": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row42": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row43": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row44": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row45": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row46": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row47": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row48": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row49": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row50": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row51": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row52": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row53": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row54": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row55": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row56": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row57": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row58": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth ", "row59": "earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth earth "}}','2026-03-03 09:00:00.171268',NULL);
INSERT INTO "submission" VALUES(13,'91a8c7e31fc547c4bc3c5024283a1ad6',NULL,'','{"key": "boundary_timer", "warden": "warden"}','2026-03-03 09:00:00.175374',NULL);
INSERT INTO "submission" VALUES(14,'aabf6738b1864ff18bcd14a90af60056',NULL,'','{"key": "boundary_cycle", "warden": "warden"}','2026-03-03 09:00:00.179363',NULL);
INSERT INTO "submission" VALUES(15,'ce2cb677651e4632a3554952d83fd765',NULL,'','{"key": "statutory_period", "warden": "warden"}','2026-03-03 09:00:00.183251',NULL);
INSERT INTO "submission" VALUES(16,'3af1d31303be4c57891d91641d7b6c86',NULL,'','{"key": "boundary_message", "warden": "warden"}','2026-03-03 09:00:00.188566',NULL);
INSERT INTO "submission" VALUES(17,'c9f5b8e6440f4f4bab37f46f08b2206c',NULL,'','{"key": "boundary_message_beside", "warden": "warden"}','2026-03-03 09:00:00.192769',NULL);
INSERT INTO "submission" VALUES(18,'2ad57351bbe544258349243a7a1777fa',NULL,'','{"key": "boundary_signal", "warden": "warden"}','2026-03-03 09:00:00.196536',NULL);
INSERT INTO "submission" VALUES(19,'89973e484ca54280aff2591776793085',NULL,'','{"key": "boundary_condition", "warden": "warden", "n": 1}','2026-03-03 09:00:00.200123',NULL);
INSERT INTO "submission" VALUES(20,'c5086e55cf994d8c93f1b8dadb91d084',NULL,'','{"key": "boundary_error", "warden": "warden"}','2026-03-03 09:00:00.205486',NULL);
INSERT INTO "submission" VALUES(21,'122ddccb39704e3c92ca9c754ba25334',NULL,'','{"key": "boundary_escalation", "warden": "warden"}','2026-03-03 09:00:00.210180',NULL);
INSERT INTO "submission" VALUES(22,'ddb1877da56c43779456c0585dfa5604',NULL,'','{"key": "cancelled_transaction", "warden": "warden"}','2026-03-03 09:00:00.215376',NULL);
INSERT INTO "submission" VALUES(23,'53f162b7a614415bbcf89090cb25b209',NULL,'','{"key": "event_sub_process_beside", "warden": "warden"}','2026-03-03 09:00:00.220632',NULL);
INSERT INTO "submission" VALUES(24,'430bc0a6362b41dbb764c8e07a0ccab7',NULL,'','{"key": "event_sub_process_instead", "warden": "warden"}','2026-03-03 09:00:00.225942',NULL);
INSERT INTO "submission" VALUES(25,'20ea05093bb94f8cb83a705e8b628656',NULL,'','{"key": "each_in_turn", "warden": "warden", "beds": ["north", "south", "west"]}','2026-03-03 09:00:00.230666',NULL);
INSERT INTO "submission" VALUES(26,'20ea05093bb94f8cb83a705e8b628656','18b24bdc01904f118fa8655ecd9069ef','do','{}','2026-03-03 09:00:00.244053','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "submission" VALUES(27,'6a1c414ea297464597c41c48c3f459cf',NULL,'','{"key": "each_at_once", "warden": "warden", "beds": ["north", "south", "west"]}','2026-03-03 09:00:00.254887',NULL);
INSERT INTO "submission" VALUES(28,'6a1c414ea297464597c41c48c3f459cf','39bc1a7eee8548ecbd53c8493c1d37c9','do','{}','2026-03-03 09:00:00.261813','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "submission" VALUES(29,'cf3bbbf4789b4f25a9332d86068fdb2f',NULL,'','{"key": "sub_process", "warden": "warden"}','2026-03-03 09:00:00.266859',NULL);
INSERT INTO "submission" VALUES(30,'cc597a3347b74ee7b0ac7ba8d0d73843',NULL,'','{"key": "call_activity", "warden": "warden"}','2026-03-03 09:00:00.271751',NULL);
INSERT INTO "submission" VALUES(31,'3c3b0d9d88c746e887976b28ecc65a93',NULL,'','{"key": "called", "warden": "warden"}','2026-03-03 09:00:00.276625',NULL);
INSERT INTO "submission" VALUES(32,'7df2fb4aa33749c6af5791ff3f6ecc9b',NULL,'','{"key": "parallel_join", "warden": "warden"}','2026-03-03 09:00:00.280547',NULL);
INSERT INTO "submission" VALUES(33,'7df2fb4aa33749c6af5791ff3f6ecc9b','c64e739abf9e4f7597720bdf249644c2','do','{}','2026-03-03 09:00:00.286492','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "submission" VALUES(34,'5577200787e642fcb3c647a70951b665',NULL,'','{"key": "inclusive_join", "warden": "warden"}','2026-03-03 09:00:00.288966',NULL);
INSERT INTO "submission" VALUES(35,'5577200787e642fcb3c647a70951b665','06e0be03de664db8b448267d1d7f5ae4','do','{}','2026-03-03 09:00:00.294987','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "submission" VALUES(36,'29edab88980840ffa04a7a87f766ca5e',NULL,'','{"key": "loop", "warden": "warden", "more": true}','2026-03-03 09:00:00.297436',NULL);
INSERT INTO "submission" VALUES(37,'29edab88980840ffa04a7a87f766ca5e','2844532dfab54230863c537e45834ff3','do','{}','2026-03-03 09:00:00.302881','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "submission" VALUES(38,'d0caaef4613e4c229523f89629144945',NULL,'','{"key": "failed_step", "warden": "warden"}','2026-03-03 09:00:00.306775',NULL);
INSERT INTO "submission" VALUES(39,'daca0384915444dbabde4d284813a12b',NULL,'','{"key": "failed_job", "warden": "warden"}','2026-03-03 09:00:00.311985',NULL);
INSERT INTO "submission" VALUES(40,'da4d757c416b4a239b5cd1cf2d1247cc',NULL,'','{"key": "service_task", "warden": "warden"}','2026-03-03 09:00:00.345019',NULL);
CREATE TABLE subscription (
	id INTEGER NOT NULL, 
	token CHAR(32) NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	correlation_key VARCHAR, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_subscription PRIMARY KEY (id), 
	CONSTRAINT fk_subscription_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);
INSERT INTO "subscription" VALUES(1,'0a8c5a9300c948c2a27b671b559cf5bc','c70a0f7b2c124d328a736d1c5c7d1a5a','message','hear','message','word','message','2026-03-03 09:00:00.136735');
INSERT INTO "subscription" VALUES(2,'03d219369efe4d04810d6c862f4fdea0','617aff331fdf4aa096293267743ecdd7','receive_task','take','message','word','receive_task','2026-03-03 09:00:00.142367');
INSERT INTO "subscription" VALUES(3,'d6dead76c39d47b5851ef43a6c406af5','971307b2764d4eb5bd5a2f5561aad636','signal','look_up','signal','rain',NULL,'2026-03-03 09:00:00.150843');
INSERT INTO "subscription" VALUES(4,'0721e7c269ed4ff18bb7b1008e692db5','17877d0a9842454e82e14530b6e99598','event_gateway','hear','message','word','event_gateway','2026-03-03 09:00:00.158660');
INSERT INTO "subscription" VALUES(5,'644ab48e55914eb69c856f81a54f719d','3af1d31303be4c57891d91641d7b6c86','boundary_message','b','message','word','boundary_message','2026-03-03 09:00:00.189967');
INSERT INTO "subscription" VALUES(6,'ba92447c86804b1fb35443185f53ab8f','c9f5b8e6440f4f4bab37f46f08b2206c','boundary_message_beside','b','message','word','boundary_message_beside','2026-03-03 09:00:00.194080');
INSERT INTO "subscription" VALUES(7,'fa63841dff43498eb777a25cf10578c0','2ad57351bbe544258349243a7a1777fa','boundary_signal','b','signal','rain',NULL,'2026-03-03 09:00:00.197703');
INSERT INTO "subscription" VALUES(8,'1ccf478fcf184bd289ccb1c97f1157fe','430bc0a6362b41dbb764c8e07a0ccab7','event_sub_process_instead','told','message','word','event_sub_process_instead','2026-03-03 09:00:00.227809');
CREATE TABLE user_task (
	id CHAR(32) NOT NULL, 
	instance_id CHAR(32) NOT NULL, 
	process_key VARCHAR NOT NULL, 
	element_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	documentation VARCHAR NOT NULL, 
	form_key VARCHAR, 
	properties JSON NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	assignee_id CHAR(32), 
	priority INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	due_at DATETIME, 
	follow_up_at DATETIME, 
	closed_at DATETIME, 
	completed_by CHAR(32), 
	CONSTRAINT pk_user_task PRIMARY KEY (id), 
	CONSTRAINT fk_user_task_assignee_id FOREIGN KEY(assignee_id) REFERENCES person (id), 
	CONSTRAINT fk_user_task_completed_by FOREIGN KEY(completed_by) REFERENCES person (id), 
	CONSTRAINT fk_user_task_instance_id FOREIGN KEY(instance_id) REFERENCES process_instance (id)
);
INSERT INTO "user_task" VALUES('aca66bbeeee1441cbd1bd6c608752a38','ab3f73acdf0f4c6ea73f0a9772bbe9b0','user_task','dig','Dig','','','do','{}','open','02a842c78a9242b1a3fdf78a05ab3a19',50,'2026-03-03 09:00:00.105960','2026-04-01 22:59:59.000000','2026-03-20 00:00:00.000000',NULL,NULL);
INSERT INTO "user_task" VALUES('b68e244e2369496c90318f276ca373a5','9b76961c108242b5acf9afdc7f22de98','a_herald','watch','Watch','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.154284',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('c94f32755d2b4ce9b867c6f09987e948','89f3ebc38bc34a5aadfc03ad56a68da0','early_message','go_on','Go on','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.162377',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('3f37d715c79346d59bad858653fcee44','a2d2f027bb0b44129b62a0ac6a11affd','late_listener','open_ears','Open ears','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.167270',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('ae7a054ad5504acc8159b2d4208956fc','b90a496b7c354624a79dc56f4cac3213','large_variables','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.172477',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('4d81f3bba0314b018b37a765eeeabc80','91a8c7e31fc547c4bc3c5024283a1ad6','boundary_timer','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.176905',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('06c7de3484a34ad3aee726651cf4806d','aabf6738b1864ff18bcd14a90af60056','boundary_cycle','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.180740',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('b9c8adde68e14a5cb25be1d9ed1c74d2','ce2cb677651e4632a3554952d83fd765','statutory_period','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.184761',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('f1be338c3c8c49889eaefe5b90d60913','3af1d31303be4c57891d91641d7b6c86','boundary_message','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.190024',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('92254fe2ac3549b5b87aa87ed3d00280','c9f5b8e6440f4f4bab37f46f08b2206c','boundary_message_beside','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.194126',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('ee3020c28ff446cf928a5ba5aa74132c','2ad57351bbe544258349243a7a1777fa','boundary_signal','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.197747',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('e231c89add774ff1aab67e46423781de','89973e484ca54280aff2591776793085','boundary_condition','a_raise','A raise','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.201797',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('880a88c0ef1a4f64bd240f1ad51e1a9c','89973e484ca54280aff2591776793085','boundary_condition','b_dig','B dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.201961',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('17c810d978c04b7bacea391f808841c9','c5086e55cf994d8c93f1b8dadb91d084','boundary_error','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.207390',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('ab401a414cc8473db3b5b2394e913b1a','122ddccb39704e3c92ca9c754ba25334','boundary_escalation','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.212153',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('1c7e160727e14347ba7705e559dfc2d3','ddb1877da56c43779456c0585dfa5604','cancelled_transaction','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.217505',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('4b5161be98164b1ab211f2aa01fbdfe2','53f162b7a614415bbcf89090cb25b209','event_sub_process_beside','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.222588',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('2ef82fda638546f68315a1aaf246e63a','430bc0a6362b41dbb764c8e07a0ccab7','event_sub_process_instead','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.227889',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('18b24bdc01904f118fa8655ecd9069ef','20ea05093bb94f8cb83a705e8b628656','each_in_turn','dig','Dig','','','do','{}','completed',NULL,50,'2026-03-03 09:00:00.231992',NULL,NULL,'2026-03-03 09:00:00.244025','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "user_task" VALUES('a268b5cd3f144ddab7699c2935b46d10','20ea05093bb94f8cb83a705e8b628656','each_in_turn','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.250614',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('39bc1a7eee8548ecbd53c8493c1d37c9','6a1c414ea297464597c41c48c3f459cf','each_at_once','dig','Dig','','','do','{}','completed',NULL,50,'2026-03-03 09:00:00.256838',NULL,NULL,'2026-03-03 09:00:00.261794','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "user_task" VALUES('319e3c51705345b59213e0af5d76ecb1','6a1c414ea297464597c41c48c3f459cf','each_at_once','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.257014',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('3098e630da03436b97d5634707e6e14c','6a1c414ea297464597c41c48c3f459cf','each_at_once','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.257100',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('a58f1f547994483d82250570e20b8ab8','cf3bbbf4789b4f25a9332d86068fdb2f','sub_process','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.268857',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('e200a9bd04c84275b32432d74c06db49','cc597a3347b74ee7b0ac7ba8d0d73843','called','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.273594',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('419892d6679f401f941977722215cf82','3c3b0d9d88c746e887976b28ecc65a93','called','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.277915',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('c64e739abf9e4f7597720bdf249644c2','7df2fb4aa33749c6af5791ff3f6ecc9b','parallel_join','a_dig','A dig','','','do','{}','completed',NULL,50,'2026-03-03 09:00:00.282068',NULL,NULL,'2026-03-03 09:00:00.286474','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "user_task" VALUES('2a58741623ee494e8f9a3a993df2a211','7df2fb4aa33749c6af5791ff3f6ecc9b','parallel_join','b_water','B water','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.282223',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('06e0be03de664db8b448267d1d7f5ae4','5577200787e642fcb3c647a70951b665','inclusive_join','a_dig','A dig','','','do','{}','completed',NULL,50,'2026-03-03 09:00:00.290673',NULL,NULL,'2026-03-03 09:00:00.294972','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "user_task" VALUES('891b86b2788441e4945b2f9019915c02','5577200787e642fcb3c647a70951b665','inclusive_join','b_water','B water','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.290836',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('2844532dfab54230863c537e45834ff3','29edab88980840ffa04a7a87f766ca5e','loop','dig','Dig','','','do','{}','completed',NULL,50,'2026-03-03 09:00:00.298906',NULL,NULL,'2026-03-03 09:00:00.302863','02a842c78a9242b1a3fdf78a05ab3a19');
INSERT INTO "user_task" VALUES('be2a982bbe5e43a4a2bdaacf6a07d94d','29edab88980840ffa04a7a87f766ca5e','loop','dig','Dig','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.303998',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('6cdd48d9e481430b9f075dcfa7e6d450','d0caaef4613e4c229523f89629144945','failed_step','decide','Decide','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.308371',NULL,NULL,NULL,NULL);
INSERT INTO "user_task" VALUES('81f6b77eab104b839b8dacdb0d2b86b3','15bd2c6d48b348039729333350ef3f82','letter_written','go_on','Go on','','','do','{}','open',NULL,50,'2026-03-03 09:00:00.328549',NULL,NULL,NULL,NULL);
CREATE INDEX ix_attempt_at ON attempt (at);
CREATE INDEX ix_attempt_key ON attempt ("key");
CREATE INDEX ix_sign_in_person_id ON sign_in (person_id);
CREATE INDEX ix_process_instance_definition_id ON process_instance (definition_id);
CREATE INDEX ix_process_instance_procedure_key ON process_instance (procedure_key);
CREATE INDEX ix_process_instance_state ON process_instance (state);
CREATE INDEX ix_deadline_due_on ON deadline (due_on);
CREATE INDEX ix_deadline_instance_id ON deadline (instance_id);
CREATE INDEX ix_deadline_state ON deadline (state);
CREATE INDEX ix_deadline_token ON deadline (token);
CREATE INDEX ix_job_due ON job (due_at) WHERE state IN ('waiting', 'running');
CREATE INDEX ix_job_instance_id ON job (instance_id);
CREATE INDEX ix_job_token ON job (token);
CREATE INDEX ix_letter_instance_id ON letter (instance_id);
CREATE INDEX ix_letter_state ON letter (state);
CREATE INDEX ix_membership_group ON membership ("group");
CREATE INDEX ix_membership_instance_id ON membership (instance_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_message_name ON message (name);
CREATE INDEX ix_message_state ON message (state);
CREATE INDEX ix_subscription_correlation_key ON subscription (correlation_key);
CREATE INDEX ix_subscription_instance_id ON subscription (instance_id);
CREATE INDEX ix_subscription_name ON subscription (name);
CREATE INDEX ix_subscription_token ON subscription (token);
CREATE INDEX ix_user_task_assignee_id ON user_task (assignee_id);
CREATE INDEX ix_user_task_instance_id ON user_task (instance_id);
CREATE INDEX ix_user_task_state ON user_task (state);
CREATE INDEX ix_candidate_name ON candidate (name);
CREATE INDEX ix_draft_owner ON draft (owner);
CREATE INDEX ix_incident_instance_id ON incident (instance_id);
CREATE INDEX ix_incident_state ON incident (state);
CREATE INDEX ix_incident_token ON incident (token);
CREATE INDEX ix_submission_instance_id ON submission (instance_id);
CREATE INDEX ix_submission_task_id ON submission (task_id);
CREATE INDEX ix_document_draft_id ON document (draft_id);
CREATE INDEX ix_document_instance_id ON document (instance_id);
CREATE INDEX ix_document_task_id ON document (task_id);
CREATE INDEX ix_draft_field_draft_id ON draft_field (draft_id);
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (9, 1, 'a_herald.bpmn', file('a_herald.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (36, 1, 'ask.form', file('ask.form'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (20, 1, 'boundary_condition.bpmn', file('boundary_condition.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (15, 1, 'boundary_cycle.bpmn', file('boundary_cycle.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (21, 1, 'boundary_error.bpmn', file('boundary_error.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (22, 1, 'boundary_escalation.bpmn', file('boundary_escalation.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (17, 1, 'boundary_message.bpmn', file('boundary_message.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (18, 1, 'boundary_message_beside.bpmn', file('boundary_message_beside.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (19, 1, 'boundary_signal.bpmn', file('boundary_signal.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (14, 1, 'boundary_timer.bpmn', file('boundary_timer.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (29, 1, 'call_activity.bpmn', file('call_activity.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (30, 1, 'called.bpmn', file('called.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (23, 1, 'cancelled_transaction.bpmn', file('cancelled_transaction.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (37, 1, 'do.form', file('do.form'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (27, 1, 'each_at_once.bpmn', file('each_at_once.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (26, 1, 'each_in_turn.bpmn', file('each_in_turn.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (11, 1, 'early_message.bpmn', file('early_message.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (10, 1, 'event_gateway.bpmn', file('event_gateway.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (24, 1, 'event_sub_process_beside.bpmn', file('event_sub_process_beside.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (25, 1, 'event_sub_process_instead.bpmn', file('event_sub_process_instead.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (35, 1, 'failed_job.bpmn', file('failed_job.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (34, 1, 'failed_step.bpmn', file('failed_step.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (32, 1, 'inclusive_join.bpmn', file('inclusive_join.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (13, 1, 'large_variables.bpmn', file('large_variables.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (12, 1, 'late_listener.bpmn', file('late_listener.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (3, 1, 'letter_written.bpmn', file('letter_written.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (38, 1, 'letters/note.md', file('letters/note.md'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (33, 1, 'loop.bpmn', file('loop.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (6, 1, 'message.bpmn', file('message.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (31, 1, 'parallel_join.bpmn', file('parallel_join.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (39, 1, 'procedure.toml', file('procedure.toml'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (7, 1, 'receive_task.bpmn', file('receive_task.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (2, 1, 'service_task.bpmn', file('service_task.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (8, 1, 'signal.bpmn', file('signal.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (16, 1, 'statutory_period.bpmn', file('statutory_period.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (28, 1, 'sub_process.bpmn', file('sub_process.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (5, 1, 'timer_date.bpmn', file('timer_date.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (4, 1, 'timer_duration.bpmn', file('timer_duration.bpmn'));
INSERT INTO "deployed_file" (id, deployment_id, path, content) VALUES (1, 1, 'user_task.bpmn', file('user_task.bpmn'));
COMMIT;
