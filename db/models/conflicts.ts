import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `conflicts`. */
export class ConflictRow extends Model<InferAttributes<ConflictRow>, InferCreationAttributes<ConflictRow>> {
  declare id: CreationOptional<string>;
  declare bridgeId: string;
  declare kind: string;
  declare subject: string;
  declare state: string;
  declare version: string;
  declare facts: object;
  declare secondsAtStake: number;
  declare entryCount: number;
  declare ticketId: string | null;
  declare ticketNumber: string | null;
  declare ticketTitle: string | null;
  declare customerKey: string | null;
  declare customerName: string | null;
  declare personId: string | null;
  declare personName: string | null;
  declare entryDate: string | null;
  declare search: string;
  declare runId: string | null;
  declare previousId: string | null;
  declare assigneeId: string | null;
  declare snoozedUntil: Date | null;
  declare snoozedUntilChange: CreationOptional<boolean>;
  declare snoozedArticles: number | null;
  declare reopenedWhy: object | null;
  declare openedAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare closedAt: Date | null;
  declare closedWhy: string | null;
  declare closingDecisionId: string | null;
  declare workflowStartedAt: Date | null;
  declare cause: CreationOptional<string>;
  declare untoldSince: Date | null;
  declare listedSince: CreationOptional<Date>;

  static define(db: Sequelize): void {
    ConflictRow.init(
      {
        id: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          autoIncrement: true,
          autoIncrementIdentity: true,
        },
        bridgeId: {
          type: DataTypes.TEXT,
          allowNull: false,
          references: { model: 'bridges', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        kind: { type: DataTypes.TEXT, allowNull: false },
        subject: { type: DataTypes.TEXT, allowNull: false },
        state: { type: DataTypes.TEXT, allowNull: false },
        version: { type: DataTypes.TEXT, allowNull: false },
        facts: { type: DataTypes.JSONB, allowNull: false },
        secondsAtStake: { type: DataTypes.INTEGER, allowNull: false },
        entryCount: { type: DataTypes.INTEGER, allowNull: false },
        ticketId: { type: DataTypes.TEXT },
        ticketNumber: { type: DataTypes.TEXT },
        ticketTitle: { type: DataTypes.TEXT },
        customerKey: { type: DataTypes.TEXT },
        customerName: { type: DataTypes.TEXT },
        personId: { type: DataTypes.TEXT },
        personName: { type: DataTypes.TEXT },
        entryDate: { type: DataTypes.DATEONLY },
        search: { type: DataTypes.TEXT, allowNull: false },
        runId: {
          type: DataTypes.BIGINT,
          references: { model: 'sync_runs', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        previousId: {
          type: DataTypes.BIGINT,
          references: { model: 'conflicts', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        assigneeId: {
          type: DataTypes.UUID,
          references: { model: 'users', key: 'id' },
          onDelete: 'NO ACTION',
          onUpdate: 'NO ACTION',
        },
        snoozedUntil: { type: DataTypes.DATE(6) },
        snoozedUntilChange: { type: DataTypes.BOOLEAN, allowNull: false },
        snoozedArticles: { type: DataTypes.INTEGER },
        reopenedWhy: { type: DataTypes.JSONB },
        openedAt: { type: DataTypes.DATE(6), allowNull: false },
        updatedAt: { type: DataTypes.DATE(6), allowNull: false },
        closedAt: { type: DataTypes.DATE(6) },
        closedWhy: { type: DataTypes.TEXT },
        closingDecisionId: { type: DataTypes.UUID },
        workflowStartedAt: { type: DataTypes.DATE(6) },
        cause: { type: DataTypes.TEXT, allowNull: false },
        untoldSince: { type: DataTypes.DATE(6) },
        listedSince: { type: DataTypes.DATE(6), allowNull: false },
      },
      { sequelize: db, tableName: 'conflicts', modelName: 'conflicts' },
    );
  }
}
