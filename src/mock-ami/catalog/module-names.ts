/** Modules of a plain Asterisk that are there from the start, without `.so`: those whose work the simulation does, and their helpers. */
export const MODULE_NAMES: ReadonlySet<string> = new Set(
  `app_agent_pool app_authenticate app_bridgeaddchan app_bridgewait app_cdr app_chanspy app_confbridge app_controlplayback app_db app_dial
  app_directed_pickup app_directory app_dtmfstore app_dumpchan app_echo app_exec app_externalivr app_followme app_forkcdr app_if
  app_mixmonitor app_mf app_originate app_page app_playback app_playtones app_privacy app_queue app_read app_record app_saycounted
  app_senddtmf app_sendtext app_softhangup app_speech_utils app_stack app_stasis app_stream_echo app_system app_talkdetect app_transfer
  app_userevent app_verbose app_voicemail app_waitforring app_waitforsilence app_waituntil app_while bridge_builtin_features
  bridge_builtin_interval_features bridge_holding bridge_native_rtp bridge_simple bridge_softmix cdr_manager cel_manager chan_audiosocket
  chan_bridge_media chan_pjsip chan_rtp chan_websocket codec_alaw codec_gsm codec_ulaw format_gsm format_pcm format_sln format_wav
  func_base64 func_callcompletion func_callerid func_cdr func_channel func_config func_curl func_cut func_db func_devstate func_dialgroup
  func_dialplan func_env func_extstate func_global func_groupcount func_hangupcause func_jitterbuffer func_lock func_logic func_math
  func_md5 func_module func_periodic_hook func_pjsip_aor func_pjsip_contact func_pjsip_endpoint func_presencestate func_rand func_realtime
  func_sha1 func_shell func_sprintf func_srv func_strings func_sysinfo func_timeout func_uri func_version func_volume pbx_config pbx_loopback
  pbx_realtime pbx_spool res_agi res_ari res_ari_channels res_clialiases res_convert res_crypto res_fax res_format_attr_opus res_http_websocket
  res_limit res_manager_devicestate res_manager_presencestate res_musiconhold res_mutestream res_parking res_pjproject res_pjsip
  res_pjsip_caller_id res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_mwi res_pjsip_notify
  res_pjsip_outbound_registration res_pjsip_pubsub res_pjsip_refer res_pjsip_registrar res_pjsip_sdp_rtp res_pjsip_session
  res_rtp_asterisk res_sorcery_astdb res_sorcery_config res_sorcery_memory res_sorcery_memory_cache res_stasis res_stasis_playback
  res_timing_timerfd`.split(/\s+/),
);

/** Parts of the core that a reload knows by name, though they are no modules. Source: `reload_classes`, main/loader.c. */
export const CORE_RELOADS: ReadonlySet<string> = new Set(
  'acl cdr cel dnsmgr dsp enum extconfig features http indications logger manager plc sounds udptl'.split(' '),
);
