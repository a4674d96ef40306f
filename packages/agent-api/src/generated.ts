// Made from openapi.yaml by `npm run generate`; not to be edited.

export interface paths {
    "/api/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules in force, and where each stands on each of its targets */
        get: operations["listRules"];
        put?: never;
        /**
         * Create a rule
         * @description A rule file with one rule. Its name must not be that of a rule that there is, on disk or not.
         */
        post: operations["createRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the last cycle knew */
        get: operations["listFacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The endpoints of Prometheus that facts are read from, and how they are */
        get: operations["listSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Firings, suppressions with guard and reason, decisions to act; newest first */
        get: operations["listDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions to act and what became of them, newest first */
        get: operations["listEpisodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One episode with its timeline */
        get: operations["getEpisode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts that Alertmanager delivered, newest first */
        get: operations["listAlerts"];
        put?: never;
        /**
         * Alertmanager's webhook, payload version 4, and Grafana's, version 1
         * @description Answered once the alerts are in the journal. The same alert in the same state is written once. Unknown fields are left alone. An alert that cannot be read is left out, and counted. It is read while it comes in, up to 40 MiB; what is more, or too much at once, is answered with 503, so that Alertmanager tries again.
         */
        post: operations["receiveAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pauses in force, and the kill switch */
        get: operations["listPauses"];
        put?: never;
        /**
         * Stop one rule, or everything
         * @description Without duration and ends_at the pause lasts until it is deleted.
         */
        post: operations["createPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pauses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a pause */
        delete: operations["deletePause"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say yes to an action that waits for it
         * @description The action is carried out in a later cycle, if its guards have no objection then.
         */
        post: operations["approveEpisode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say no to an action that waits for a yes */
        post: operations["rejectEpisode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revert what an episode did
         * @description The target is put back to where it stood before, unless somebody has changed it since. A pause does not hinder it; the kill switch does.
         */
        post: operations["revertEpisode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a rule another chance on a target, whether the breaker, oscillation, a hold-out or a person's no holds it back */
        post: operations["resetRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check a rule file, and change nothing */
        post: operations["validateRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One rule */
        get: operations["getRule"];
        /** Write a new version of a rule that was created through the API */
        put: operations["updateRule"];
        post?: never;
        /**
         * Take out a rule that was created through the API
         * @description Its versions stay in the journal; an episode that is under way is brought to its end.
         */
        delete: operations["removeRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of a rule that was written through the API, newest first */
        get: operations["listRuleVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/mode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the mode of a rule, over what the rule itself states */
        put: operations["setRuleMode"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch a rule off */
        post: operations["disableRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a rule back the mode that it states itself */
        post: operations["enableRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rules/{name}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a rule does or does not act on its targets now */
        get: operations["explainRule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signal of an episode, what was to be expected, and what followed comparable moments
         * @description To be drawn: `items` and `comparable_moments` are rows, a column a member. The signal is read from Prometheus when it is asked for, at 600 points at most, and given again for 15 s; what was to be expected is what the verdict says, so there is nothing of it before.
         */
        get: operations["getEpisodeSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/episodes/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why an episode came about, and what became of it */
        get: operations["explainEpisode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Actions that wait for a person */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kill-switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether everything stands still */
        get: operations["getKillSwitch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kill-switch/engage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop everything, reverts included, until it is released */
        post: operations["engageKillSwitch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kill-switch/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the stop that was ordered through the API
         * @description The kill switch file, while it exists, goes on stopping everything.
         */
        post: operations["releaseKillSwitch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the agent did of late, in numbers */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leader": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which agent acts */
        get: operations["getLeader"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is written to the journal, as it is written (server-sent events)
         * @description The id of each event is its row in the journal. With Last-Event-ID (or `after`) the stream goes on from there; without it, it begins now.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens, without their secrets */
        get: operations["listTokens"];
        put?: never;
        /** Create a token */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Reason: string;
        TokenName: string;
        Token: {
            /** @description Null for those of the configuration */
            id: string | null;
            name: string;
            /** @enum {unknown} */
            role: "viewer" | "operator" | "admin" | "ingest";
            /** @enum {unknown} */
            origin: "config" | "api";
            created_by: string | null;
            created_at: components["schemas"]["TimeOrNull"];
            expires_at: components["schemas"]["TimeOrNull"];
        };
        Diagnostic: {
            line: number;
            column: number;
            length?: number;
            /** @enum {unknown} */
            severity: "error" | "warning";
            code: string;
            message: string;
            hint?: string;
        };
        RuleVersion: {
            id: number;
            version: string;
            at: components["schemas"]["Time"];
            by: string;
            text: string;
        };
        Approval: {
            episode: string;
            rule: string;
            target: components["schemas"]["Labels"];
            action: components["schemas"]["Action"];
            decided_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["TimeOrNull"];
            needed: number;
            approved_by: string[];
            facts: {
                [key: string]: components["schemas"]["Fact"];
            };
        };
        Report: {
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
            /** @description Actions that wait for a person now. */
            waiting: number;
            rules: {
                rule: string;
                firings: number;
                episodes: number;
                /** @description By guard. */
                suppressed: components["schemas"]["Counts"];
                outcomes: components["schemas"]["Counts"];
                verdicts: components["schemas"]["Counts"];
                reverted: number;
            }[];
        };
        Source: {
            name: string;
            url: string;
            /** @description Whether the facts of the last cycle come from it. */
            active: boolean;
            /**
             * @description `sound`, `degraded` (it answers, but late, for a part, or with nothing recorded), `failing`, or `unknown` (not looked at yet).
             * @enum {unknown}
             */
            health: "sound" | "degraded" | "failing" | "unknown";
            because: string | null;
            /** @description How far its clock is ahead of the agent's, at the least; negative when it is behind. */
            clock_skew_seconds: number | null;
            newest_sample_at: components["schemas"]["TimeOrNull"];
            looked_at: components["schemas"]["TimeOrNull"];
        };
        Counts: {
            [key: string]: number;
        };
        Moment: {
            at: components["schemas"]["Time"];
            kind: string;
            text: string;
        };
        JournalMoment: components["schemas"]["Moment"] & {
            id: number;
            rule: string | null;
            episode: string | null;
            target: components["schemas"]["Labels"] | null;
        };
        Conditions: {
            when: components["schemas"]["ConditionTrace"];
            clear: components["schemas"]["ConditionTrace"] | null;
        };
        /** @description A comparison with the values that were compared, or a group of such; `holds` is null where a fact is not known. */
        ConditionTrace: {
            holds: boolean | null;
            text: string;
            parts?: components["schemas"]["ConditionTrace"][];
        };
        TargetExplanation: {
            target: components["schemas"]["Labels"];
            /** @description Whether it would act in a cycle at this moment. */
            acts: boolean;
            /** @description The answer in a sentence. */
            text: string;
            /** @enum {unknown} */
            outcome: "firing" | "clear" | "between" | "unknown";
            facts: {
                [key: string]: components["schemas"]["Fact"];
            };
            conditions: components["schemas"]["Conditions"];
            firing: {
                since: components["schemas"]["Time"];
                held_seconds: number;
                /** @description Whether it has held for as long as the rule asks. */
                held: boolean;
            } | null;
            /** @description The one that is under way. */
            episode: string | null;
            /** @description All of them, in the order in which they are asked. */
            guards: {
                guard: components["schemas"]["Guard"];
                objection: string | null;
            }[];
            /** @description The signals that the guard learning waits for. Prometheus is asked for it when there are any. */
            learning: {
                signal: string;
                /** @description Until when its baseline learns, or why that cannot be told. */
                text: string;
                /**
                 * Format: date-time
                 * @description When it is ready at the earliest, if no point is missing until then; null where that cannot be told.
                 */
                ready_at: string | null;
                /** @description How many points of the level are there. */
                points: number | null;
                points_needed: number | null;
            }[];
        };
        OptionalReason: {
            reason?: string;
        };
        /** Format: date-time */
        Time: string;
        /**
         * @example 2h
         * @example 1w
         */
        Duration: string;
        /** Format: date-time */
        TimeOrNull: string | null;
        Labels: {
            [key: string]: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Stable; for programs. */
            code: string;
            /** @description For a person. */
            detail?: string;
        };
        Page: {
            /** @description null at the end. */
            next_cursor: string | null;
        };
        Fact: {
            /** @enum {unknown} */
            status: "ok" | "missing" | "stale" | "error";
            /** @description A number when the status is ok and null otherwise. */
            value: number | null;
            sampled_at: components["schemas"]["TimeOrNull"];
            /** @description Why there is no value. */
            because: string | null;
        };
        TargetFact: components["schemas"]["Fact"] & {
            rule: string;
            target: components["schemas"]["Labels"];
            name: string;
        };
        /** @enum {unknown} */
        ActionKind: "knob" | "http" | "sql" | "replenish" | "kubernetes-scale" | "alertmanager-silence" | "grafana-annotation" | "notify";
        Action: components["schemas"]["KnobAction"] | components["schemas"]["HttpAction"] | components["schemas"]["SqlAction"] | components["schemas"]["ReplenishAction"] | components["schemas"]["KubernetesScaleAction"] | components["schemas"]["AlertmanagerSilenceAction"] | components["schemas"]["GrafanaAnnotationAction"] | components["schemas"]["NotifyAction"];
        KnobAction: {
            /** @constant */
            kind: "knob";
            system: string;
            name: string;
            set?: number;
            multiply?: number;
            add?: number;
            /** @enum {string} */
            stronger?: "higher" | "lower";
        };
        HttpAction: {
            /** @constant */
            kind: "http";
            system: string;
            name: string;
        };
        SqlAction: {
            /** @constant */
            kind: "sql";
            system: string;
            name: string;
        };
        ReplenishAction: {
            /** @constant */
            kind: "replenish";
            system: string;
            name: string;
            set?: number;
            multiply?: number;
            add?: number;
            /** @enum {string} */
            stronger?: "higher" | "lower";
        };
        KubernetesScaleAction: {
            /** @constant */
            kind: "kubernetes-scale";
            system: string;
            name: string;
            set?: number;
            multiply?: number;
            add?: number;
            /** @enum {string} */
            stronger?: "higher" | "lower";
        };
        AlertmanagerSilenceAction: {
            /** @constant */
            kind: "alertmanager-silence";
            system: string;
            name: string;
            matchers: {
                [key: string]: string;
            };
            /** @description How long the silence lasts. */
            for_seconds: number;
        };
        GrafanaAnnotationAction: {
            /** @constant */
            kind: "grafana-annotation";
            system: string;
            name: string;
            text: string;
            tags: string[];
        };
        NotifyAction: {
            /** @constant */
            kind: "notify";
            system: string;
            name: string;
            text: string;
            /** @enum {string} */
            severity: "info" | "warning" | "error" | "critical";
        };
        /** @description Null where it cannot be read or is not there. */
        PlanValue: number | string | boolean | null;
        Expectation: {
            signal: string;
            /** @enum {unknown} */
            direction: "lower" | "higher";
            settle_seconds: number;
            /** @description For how long the effect is watched afterwards. */
            window_seconds: number;
            /** @description The smallest effect worth having, in the unit of the signal; null where the rule does not say. */
            minimum: number | null;
            /** @description In how many blocks, of `settle_seconds` and `window_seconds` each, the action is switched on and off for a proof; null where it is not. */
            switchback_blocks: number | null;
            /** @description The share of firings that is left alone on purpose, in mode auto. */
            hold_out: number;
            guards: {
                signal: string;
                above?: number;
                below?: number;
            }[];
        };
        Budget: {
            actions: number;
            per_seconds: number;
        } | null;
        TimeWindow: {
            /** @description A cron expression. */
            start: string;
            lasts_seconds: number;
        };
        /** @description What the episodes of a rule and its firings that were left alone say together, see docs/agent/evidence.md. Of this version of the rule only. Effects are in standard deviations of the signal, and positive where the rule helps. */
        Evidence: {
            /** @enum {unknown} */
            conclusion: "helps" | "harms" | "no_effect" | "not_enough";
            /** @description Episodes that were measured. */
            treated: number;
            /** @description Firings that were left alone and measured. */
            controls: number;
            /** @description How strongly it speaks for the side on which the effect is; from 20 on it is proven. Null where there is too little to compare. */
            e_value: number | null;
            effect: {
                estimate: number;
                /** @description From here to `high` it is with a probability of 90 %, whenever one looks. Null while anything is possible. */
                low: number | null;
                high: number | null;
            } | null;
            /** @description The effect, shrunk where little is known: of two rules of the same priority the one that gains more is asked first. */
            gain: number | null;
            /** @description The same in plain words. */
            text: string;
        };
        RuleDefinition: {
            name: string;
            /** @description Changes with the content. */
            version: string;
            description: string;
            owner: string | null;
            labels: components["schemas"]["Labels"];
            /** @enum {unknown} */
            priority: 1 | 2 | 3;
            mode: components["schemas"]["Mode"];
            evidence: components["schemas"]["Evidence"];
            /** @description Set through the API, over what the rule itself states. */
            mode_set: {
                by: string;
                because: string;
                at: components["schemas"]["Time"];
            } | null;
            /** @enum {unknown} */
            origin: "file" | "api";
            file: string;
            target: Record<string, never>;
            facts: Record<string, never>;
            when: Record<string, never>;
            clear: Record<string, never> | null;
            for_seconds: number | null;
            for_cycles: {
                firing: number;
                of: number;
            } | null;
            schedule: {
                time_zone: string;
                allowed: components["schemas"]["TimeWindow"][];
                maintenance: components["schemas"]["TimeWindow"][];
            } | null;
            budget: {
                rule: components["schemas"]["Budget"];
                target: components["schemas"]["Budget"];
            };
            /** @enum {unknown} */
            when_learning: "wait" | "act";
            cooldown_seconds: number;
            action: components["schemas"]["Action"];
            expect: components["schemas"]["Expectation"];
            /** @description Alerts of the target that are silenced while the action is under way. */
            silence_while_acting: {
                system: string;
                /** @description Beside the labels of the target. */
                matchers: components["schemas"]["Labels"];
                at_most_seconds: number;
            } | null;
        };
        /** @enum {unknown} */
        Mode: "off" | "shadow" | "approve" | "auto";
        /**
         * @description Where a rule stands on a target.
         * @enum {unknown}
         */
        TargetState: "idle" | "unknown" | "pending" | "suppressed" | "paused" | "quarantined" | "firing" | "awaiting_approval" | "executing" | "settling" | "measuring" | "reverting" | "rolled_back" | "cooldown";
        Rule: components["schemas"]["RuleDefinition"] & {
            targets: components["schemas"]["RuleOnTarget"][];
        };
        RuleOnTarget: {
            target: components["schemas"]["Labels"];
            state: components["schemas"]["TargetState"];
            because: string | null;
            suppressed_by: components["schemas"]["GuardOrNull"];
            firing_since: components["schemas"]["TimeOrNull"];
            cooldown_until: components["schemas"]["TimeOrNull"];
            episode: string | null;
            seen_at: components["schemas"]["TimeOrNull"];
        };
        /** @description The name of a guard; docs/agent/guards has a page for each. There may be one that a client does not know. */
        Guard: string;
        GuardOrNull: components["schemas"]["Guard"] | null;
        Decision: {
            id: number;
            at: components["schemas"]["Time"];
            /** @enum {unknown} */
            outcome: "pending" | "ended" | "suppressed" | "shadow" | "act" | "ask" | "expired" | "cleared" | "rejected" | "superseded" | "veto_ended";
            rule: string;
            rule_version: string;
            target: components["schemas"]["Labels"];
            firing_since: components["schemas"]["TimeOrNull"];
            guard: components["schemas"]["GuardOrNull"];
            because: string | null;
            episode: string | null;
            text: string;
        };
        /** @enum {unknown} */
        EpisodeState: "shadow" | "awaiting_approval" | "rejected" | "superseded" | "expired" | "cleared" | "decided" | "executing" | "settling" | "finished" | "verified" | "reverting" | "rolled_back";
        /**
         * @description How an action ended.
         * @enum {unknown}
         */
        Outcome: "applied" | "nothing_to_do" | "failed" | "halted" | "abandoned" | "unclear";
        /**
         * @description What the action did to the signal that it was to improve.
         * @example improved
         * @example inconclusive:insufficient_history
         */
        Verdict: string;
        EpisodeSeries: {
            episode: string;
            rule: string;
            target: components["schemas"]["Labels"];
            signal: string;
            /** @enum {unknown} */
            direction: "lower" | "higher";
            verdict: components["schemas"]["Verdict"] | null;
            sent_at: components["schemas"]["Time"];
            /** @description What is measured; the action has its time to settle before. */
            window: {
                from: components["schemas"]["Time"];
                to: components["schemas"]["Time"];
            };
            /** @description How far the points are apart. */
            step_seconds: number;
            items: components["schemas"]["SeriesRow"][];
            comparable_moments: components["schemas"]["MomentRow"][];
        };
        /** @description One point of time. What was to be expected is a mean over the window, and stands at each of its points. */
        SeriesRow: {
            episode: string;
            at: components["schemas"]["Time"];
            /** @description The signal. Null where there is nothing of it. */
            observed: number | null;
            /** @description What the mean would have been without the action. */
            counterfactual: number | null;
            /** @description From here to `counterfactual_high` it is with a probability of 90 %. */
            counterfactual_low: number | null;
            counterfactual_high: number | null;
        };
        /** @description One point of what followed a firing that was left alone, put where this episode began: as far from the value that the episode had then as it was from its own. 40 moments at most, evenly drawn from those of this target. */
        MomentRow: {
            episode: string;
            /** @description When the rule fired. */
            moment: components["schemas"]["Time"];
            /** @description The time in this episode. */
            at: components["schemas"]["Time"];
            value: number;
        };
        /** @description The last look at whether an improvement lasts: at the end of the second window, and of the third. It may only take the improvement back. Null without one. */
        Review: {
            at: components["schemas"]["Time"];
            /**
             * @description How many windows had passed since the effect should show.
             * @enum {unknown}
             */
            look: 2 | 3;
            /** @enum {unknown} */
            verdict: "improved" | "improved_but_faded";
            /** @description Of what came after the first window. */
            effect: components["schemas"]["Effect"];
            /** @description How much less than two thirds of the effect was left, in the signal's unit. */
            decline: {
                estimate: number;
                /** @description When nobody acts it is beyond this in one of twenty firings. Null where too little can be compared to say. */
                bound: number | null;
            } | null;
            /** @description Why it could not be looked at. */
            because: string | null;
        } | null;
        /** @description When the condition of the rule had cleared, beside the verdict and no part of it. Null where nothing is known of that. */
        Clearing: {
            /** @description From the action on; null where it had not cleared by the end of the window. */
            after_seconds: number | null;
            /** @description How long it took at earlier firings for as long as nothing was done (quartiles by Kaplan and Meier; null where so many were not seen to clear). Null with fewer than five of them. */
            by_itself: {
                firings: number;
                lower_seconds: number | null;
                median_seconds: number | null;
                upper_seconds: number | null;
            } | null;
        } | null;
        /** @description What the action did to the signal that it was to move, in the signal's unit and positive where it helped. Null while it is not measured, or where nothing could be. */
        Effect: {
            /** @description How much better it was than it would have been, on average over the window. */
            estimate: number;
            /** @description From here to `high` it is with a probability of 90 %. Null where too little can be compared to say. */
            low: number | null;
            high: number | null;
            /** @description The estimate as a share of the counterfactual. */
            relative: number | null;
            /** @description The estimate times the seconds of the window. */
            cumulative: number;
            /** @description The mean over the window. */
            observed: number;
            /** @description What the mean would have been without the action. */
            counterfactual: number;
            /** @description The smallest effect that counts. */
            minimum: number;
            /** @description The smallest effect that could have been told from none. */
            smallest_visible: number | null;
            /** @description How often it goes as well when nothing is done. */
            p: number;
            /** @description Null for a switchback, which is compared with nothing but itself. */
            comparable_moments: {
                /** @description Firings that were left alone. */
                count: number;
                /** @description How many of them say as much: those that are less alike weigh less. */
                effective: number;
                /** @description They are of a lower threshold, since there were too few of the rule itself. */
                lowered: boolean;
            } | null;
            /** @description The blocks of a switchback, in their order; null where there was none. */
            switchback: {
                /** @description Whether the action was on. */
                on: boolean;
                /** @description The mean of the signal over the window of the block. */
                mean: number;
            }[] | null;
            /** @description The version of the method, see docs/agent/verdicts.md. */
            method: number;
        } | null;
        Episode: {
            id: string;
            sequence: number;
            rule: string;
            rule_version: string;
            /** @enum {unknown} */
            priority: 1 | 2 | 3;
            /** @enum {unknown} */
            mode: "shadow" | "approve" | "auto";
            target: components["schemas"]["Labels"];
            state: components["schemas"]["EpisodeState"];
            firing_since: components["schemas"]["TimeOrNull"];
            decided_at: components["schemas"]["Time"];
            started_at: components["schemas"]["TimeOrNull"];
            finished_at: components["schemas"]["TimeOrNull"];
            verified_at: components["schemas"]["TimeOrNull"];
            action: components["schemas"]["Action"];
            plan: {
                kind: components["schemas"]["ActionKind"];
                system: string;
                name: string;
                from: components["schemas"]["PlanValue"];
                to: components["schemas"]["PlanValue"];
            } | null;
            idempotency_key: string;
            outcome: components["schemas"]["Outcome"] | null;
            outcome_because: string | null;
            /** @description Found out afterwards by looking at the target. */
            reconciled: boolean;
            expect: components["schemas"]["Expectation"];
            facts: {
                [key: string]: components["schemas"]["Fact"];
            };
            /** @description An observation and no effect. */
            observed_before: components["schemas"]["Fact"];
            /** @description An observation and no effect; null until there is one. */
            observed_after: components["schemas"]["Fact"] | null;
            verdict: components["schemas"]["Verdict"] | null;
            /** @description What the verdict says */
            verdict_text: string | null;
            effect: components["schemas"]["Effect"];
            review: components["schemas"]["Review"];
            clearing: components["schemas"]["Clearing"];
            approval: {
                needed: number;
                expires_at: components["schemas"]["Time"];
                given: {
                    by: string;
                    at: components["schemas"]["Time"];
                    because: string | null;
                }[];
            } | null;
            reverted: {
                /** @description A token's name */
                by: string;
                because: string;
                requested_at: components["schemas"]["Time"];
                /** @enum {unknown} */
                outcome: "reverted" | "changed_since" | "refused" | null;
                reverted_at: components["schemas"]["TimeOrNull"];
            } | null;
        };
        Alert: {
            id: number;
            received_at: components["schemas"]["Time"];
            /** @enum {unknown} */
            status: "firing" | "resolved";
            name: string | null;
            labels: components["schemas"]["Labels"];
            annotations: components["schemas"]["Labels"];
            starts_at: string;
            /** @description Null while it fires. */
            ends_at: string | null;
            fingerprint: string;
            group_key: string;
            receiver: string;
            generator_url: string;
            /** @description How many of its group Alertmanager left out of the delivery (max_alerts). */
            truncated_alerts: number;
        };
        Pause: {
            id: string;
            reason: string;
            rule: string | null;
            created_by: string;
            created_at: components["schemas"]["Time"];
            ends_at: components["schemas"]["TimeOrNull"];
        };
    };
    responses: {
        /** @description In force from the next cycle on. */
        RuleWritten: {
            headers: {
                ETag?: string;
                Location?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RuleDefinition"];
            };
        };
        /** @description In force from the next cycle on. */
        ModeSet: {
            headers: {
                ETag?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RuleDefinition"];
            };
        };
        /** @description How it stands. */
        KillSwitch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    engaged: boolean;
                    because: string | null;
                    /** @description The order that was given through the API, if any. */
                    ordered: {
                        by: string;
                        because: string;
                        at: components["schemas"]["Time"];
                    } | null;
                };
            };
        };
        /** @description What went wrong, as RFC 9457 describes it. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        Id: string;
        Name: string;
        /** @description The ETag that was read, so that nobody's change is undone unseen; `*` for whatever stands there. */
        IfMatch: string;
        /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
        IdempotencyKey: string;
        Limit: number;
        /** @description The next_cursor of the page before. */
        Cursor: number;
        /** @description Of this rule only. */
        Rule: string;
    };
    requestBodies: {
        /** @description A rule file as the agent reads it from disk, but without variables of the environment. */
        RuleFile: {
            content: {
                "application/yaml": string;
            };
        };
        Reason: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All rules, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Rule"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["RuleFile"];
        responses: {
            201: components["responses"]["RuleWritten"];
            default: components["responses"]["Problem"];
        };
    };
    listFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every fact of every rule and target, unknown ones with their reason. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        read_at: components["schemas"]["TimeOrNull"];
                        /** @description The endpoint that all of it comes from. */
                        read_from: string | null;
                        /** @description Whether the recorded signals could be read at all; null before the first cycle. */
                        signals: {
                            /** @enum {unknown} */
                            status: "ok" | "stale" | "error";
                            because: string | null;
                        } | null;
                        items: components["schemas"]["TargetFact"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order in which they are preferred. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Source"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDecisions: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description The next_cursor of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Of this rule only. */
                rule?: components["parameters"]["Rule"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"] & {
                        items: components["schemas"]["Decision"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEpisodes: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description The next_cursor of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Of this rule only. */
                rule?: components["parameters"]["Rule"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"] & {
                        items: components["schemas"]["Episode"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getEpisode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The episode. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Episode"] & {
                        timeline: {
                            at: components["schemas"]["Time"];
                            kind: string;
                            text: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAlerts: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description The next_cursor of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"] & {
                        items: components["schemas"]["Alert"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    receiveAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    version: "4" | "1";
                    groupKey: string;
                    receiver?: string;
                    /** @description How many of the group are left out (max_alerts). */
                    truncatedAlerts?: number;
                    alerts: {
                        /** @enum {unknown} */
                        status: "firing" | "resolved";
                        labels: components["schemas"]["Labels"];
                        annotations?: components["schemas"]["Labels"] | null;
                        startsAt: string;
                        endsAt?: string;
                        generatorURL?: string;
                        fingerprint?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        received: number;
                        /** @description How many were not known yet. */
                        new: number;
                        /** @description How many could not be read, if any. */
                        refused?: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPauses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What stands still, and by whose will. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kill_switch: {
                            engaged: boolean;
                            because: string | null;
                        };
                        items: components["schemas"]["Pause"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @description Without it everything stops. */
                    rule?: string;
                    duration?: components["schemas"]["Duration"];
                    ends_at?: components["schemas"]["Time"];
                };
            };
        };
        responses: {
            /** @description In force. */
            201: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pause"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deletePause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    approveEpisode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description Noted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        episode: string;
                        approved_by: string[];
                        needed: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rejectEpisode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            /** @description The episode is over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    revertEpisode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            /** @description Noted; a later cycle does it. */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        episode: string;
                        /** @constant */
                        state: "reverting";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resetRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    target: components["schemas"]["Labels"];
                };
            };
        };
        responses: {
            /** @description Its count of failures here is back at none. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    validateRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["RuleFile"];
        responses: {
            /** @description Every mistake with its place; or the rules as they would be known, with warnings of signals that nobody knows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        valid: boolean;
                        rules: {
                            name: string;
                            version: string;
                            mode: string;
                        }[];
                        diagnostics: components["schemas"]["Diagnostic"][];
                        /** @description The same for a terminal. */
                        text: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rule, with its text if it was written through the API. */
            200: {
                headers: {
                    /** @description Changes with version and mode. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleDefinition"] & {
                        text: string | null;
                        /** @description Where it stands, 500 at most. */
                        targets: components["schemas"]["RuleOnTarget"][];
                        /** @description How many there are. */
                        target_count: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateRule: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, so that nobody's change is undone unseen; `*` for whatever stands there. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["RuleFile"];
        responses: {
            200: components["responses"]["RuleWritten"];
            default: components["responses"]["Problem"];
        };
    };
    removeRule: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, so that nobody's change is undone unseen; `*` for whatever stands there. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listRuleVersions: {
        parameters: {
            query?: {
                limit?: components["parameters"]["Limit"];
                /** @description The next_cursor of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"] & {
                        items: components["schemas"]["RuleVersion"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setRuleMode: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, so that nobody's change is undone unseen; `*` for whatever stands there. */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mode: components["schemas"]["Mode"];
                    reason: components["schemas"]["Reason"];
                };
            };
        };
        responses: {
            200: components["responses"]["ModeSet"];
            default: components["responses"]["Problem"];
        };
    };
    disableRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            200: components["responses"]["ModeSet"];
            default: components["responses"]["Problem"];
        };
    };
    enableRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            200: components["responses"]["ModeSet"];
            default: components["responses"]["Problem"];
        };
    };
    explainRule: {
        parameters: {
            query?: {
                /** @description Only targets with this label, as `job=warehouse`; may be repeated. */
                label?: string[];
            };
            header?: never;
            path: {
                name: components["parameters"]["Name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Each target with the condition part by part, how long it has held, and what every guard says. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rule: string;
                        version: string;
                        mode: string;
                        at: components["schemas"]["Time"];
                        /** @description Why less is explained than one might expect, such as that the rule is off. */
                        note: string | null;
                        evidence: components["schemas"]["Evidence"];
                        items: components["schemas"]["TargetExplanation"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getEpisodeSeries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From two windows before the action to one after the measured window, as far as it is recorded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EpisodeSeries"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    explainEpisode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description From the first sign to the verdict, as the journal has it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        episode: string;
                        rule: string;
                        rule_version: string;
                        target: components["schemas"]["Labels"];
                        state: string;
                        text: string;
                        /** @description From the first sign to the decision. */
                        fired_for_seconds: number;
                        facts: {
                            [key: string]: components["schemas"]["Fact"];
                        };
                        /** @description The rule of that version as it was written, without the values of variables; null where the journal has none. */
                        rule_text: string | null;
                        /** @description Those of the version that it was decided by; null where the journal does not have it. */
                        conditions: components["schemas"]["Conditions"] | null;
                        timeline: components["schemas"]["Moment"][];
                        /** @description What the action was to do and what came of it. */
                        result: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listApprovals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, the most pressing first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Approval"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getKillSwitch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["KillSwitch"];
            default: components["responses"]["Problem"];
        };
    };
    engageKillSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            200: components["responses"]["KillSwitch"];
            default: components["responses"]["Problem"];
        };
    };
    releaseKillSwitch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Chosen by the client. The same request with the same key, by the same token, is done once and answered alike for a day, or until the agent restarts. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Reason"];
        responses: {
            200: components["responses"]["KillSwitch"];
            default: components["responses"]["Problem"];
        };
    };
    getReport: {
        parameters: {
            query?: {
                /** @description How far back; 7d at most. */
                last?: components["schemas"]["Duration"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts over the time, by rule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLeader: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as this agent knows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether it is this one. */
                        leads: boolean;
                        holder: string | null;
                        url: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: {
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without end; the data of each event is a JournalMoment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those of the configuration and those created since; revoked ones are gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Token"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: components["schemas"]["TokenName"];
                    /** @enum {unknown} */
                    role: "viewer" | "operator" | "admin" | "ingest";
                    expires_in?: components["schemas"]["Duration"];
                };
            };
        };
        responses: {
            /** @description The only time that the token itself is shown. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"] & {
                        token: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing from now on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
