import { SMTPServer } from 'smtp-server'; let n=0;
new SMTPServer({disabledCommands:['AUTH','STARTTLS'],disableReverseLookup:true,logger:false,onData(s,x,d){s.resume();s.on('end',()=>{n++;console.log('mail',n,x.envelope.rcptTo[0].address,new Date().toISOString());d()})}}).listen(2599,'127.0.0.1');
